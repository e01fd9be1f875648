import uuid
from datetime import datetime

from sqlalchemy import update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import OfficerSession


def end_session(session_id: uuid.UUID, *, officer_id: uuid.UUID, actor: Actor, now: datetime) -> bool:
    """False when it had ended already, or is not this officer's."""
    ended = session.execute(
        update(OfficerSession)
        .where(
            OfficerSession.id == session_id,
            OfficerSession.officer_id == officer_id,
            OfficerSession.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(OfficerSession.id)
    ).scalar()
    if ended:
        record("signed_out", actor=actor, now=now, subject="officer", subject_id=officer_id)
    return ended is not None


def end_other_sessions(officer_id: uuid.UUID, *, keep: uuid.UUID | None, actor: Actor, now: datetime) -> int:
    ended = end_sessions(officer_id, now=now, keep=keep)
    if ended:
        details: dict[str, object] = {"sessions": ended}
        record(
            "ended_sessions", actor=actor, now=now, subject="officer", subject_id=officer_id, details=details
        )
    return ended


def end_sessions(officer_id: uuid.UUID, *, now: datetime, keep: uuid.UUID | None = None) -> int:
    """End every session of the officer but `keep`; how many. The caller's event covers it."""
    standing = update(OfficerSession).where(
        OfficerSession.officer_id == officer_id, OfficerSession.ended_at.is_(None)
    )
    if keep:
        standing = standing.where(OfficerSession.id != keep)
    return len(session.scalars(standing.values(ended_at=now).returning(OfficerSession.id)).all())
