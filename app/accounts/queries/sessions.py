import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from app.accounts.limits import SessionLimits
from app.database import session
from app.models import OfficerSession


def _standing(now: datetime, limits: SessionLimits) -> ColumnElement[bool]:
    return and_(
        OfficerSession.ended_at.is_(None),
        OfficerSession.last_seen_at > limits.seen_since(now),
        OfficerSession.created_at > limits.begun_since(now),
    )


def standing_session(
    session_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime, limits: SessionLimits
) -> OfficerSession | None:
    return session.scalar(
        select(OfficerSession).where(
            OfficerSession.id == session_id,
            OfficerSession.officer_id == officer_id,
            _standing(now, limits),
        )
    )


def standing_sessions(
    officer_id: uuid.UUID, *, now: datetime, limits: SessionLimits
) -> Sequence[OfficerSession]:
    return session.scalars(
        select(OfficerSession)
        .where(OfficerSession.officer_id == officer_id, _standing(now, limits))
        .order_by(OfficerSession.last_seen_at.desc(), OfficerSession.id)
    ).all()
