"""Calling a warning of the frame deliberate, and letting it warn again."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import Consultation, FrameSilence
from app.themes.services.code_comment import officer_of


def silence_warning(
    key: str, *, name: str, consultation_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> FrameSilence:
    """`name`: the codes it is about. Of two officers the first one's reason stays."""
    standing = _standing(consultation_id, key)
    if standing is not None:
        return standing
    silence = FrameSilence(
        consultation_id=consultation_id,
        key=key,
        reason=reason.strip(),
        officer_id=officer_of(actor),
        created_at=now,
    )
    session.add(silence)
    session.flush()
    _record("silenced", silence, name, actor, now)
    return silence


def lift_silence(key: str, *, name: str, consultation_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Lifted twice, it is lifted once."""
    standing = _standing(consultation_id, key)
    if standing is not None:
        standing.lifted_at, standing.lifted_by_id = now, officer_of(actor)
        session.flush()
        _record("raised again", standing, name, actor, now)


def _standing(consultation_id: uuid.UUID, key: str) -> FrameSilence | None:
    """One officer at a time, as with every change of the frame."""
    locked = select(Consultation.id).where(Consultation.id == consultation_id)
    session.execute(locked.with_for_update(key_share=True))
    query = select(FrameSilence).where(
        FrameSilence.consultation_id == consultation_id,
        FrameSilence.key == key,
        FrameSilence.lifted_at.is_(None),
    )
    return session.scalars(query).one_or_none()


def _record(action: str, silence: FrameSilence, name: str, actor: Actor, now: datetime) -> None:
    record(
        action, actor=actor, now=now, subject="frame_warning", subject_id=silence.id, subject_name=name,
        consultation_id=silence.consultation_id, details={"kind": silence.key.partition(".")[0]},
    )  # fmt: skip
