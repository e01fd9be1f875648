"""When a consultation opens and closes. Once open, its closing time is a promise: it can only move later."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.consultations.services.change_stage import ReasonMissing, StageRefused, locked, note
from app.database import session
from app.enums import Stage
from app.models import Consultation

BEFORE_OPENING = (Stage.DRAFT, Stage.TESTING)


class ClosingTooEarly(StageRefused):
    pass


def set_dates(
    consultation_id: uuid.UUID, *, opens_at: datetime, closes_at: datetime, actor: Actor, now: datetime
) -> Consultation:
    """Before the opening. Raises StageRefused."""
    consultation = locked(consultation_id)
    if consultation.stage not in BEFORE_OPENING:
        raise StageRefused("The consultation has opened. Its closing time can only be extended.")
    if closes_at <= opens_at:
        raise ClosingTooEarly("The closing time must be after the opening time")
    if closes_at <= now:
        raise ClosingTooEarly("The closing time must be in the future")
    changed = {
        "opens_at": [consultation.opens_at.isoformat(), opens_at.isoformat()],
        "closes_at": [consultation.closes_at.isoformat(), closes_at.isoformat()],
    }
    consultation.opens_at, consultation.closes_at = opens_at, closes_at
    note("dated", consultation, actor=actor, now=now, details={**changed})
    session.flush()
    return consultation


def extend(
    consultation_id: uuid.UUID, *, closes_at: datetime, reason: str, actor: Actor, now: datetime
) -> Consultation:
    """Later than it was and than now; one that has closed is open again. Raises StageRefused."""
    consultation = locked(consultation_id)
    if consultation.stage not in (Stage.OPEN, Stage.CLOSED):
        raise StageRefused("Only a consultation that is open or closed can be extended.")
    if closes_at <= now:
        raise ClosingTooEarly("The new closing time must be in the future")
    if closes_at <= consultation.closes_at:
        raise ClosingTooEarly("The new closing time must be later than the one it replaces")
    if not reason.strip():
        raise ReasonMissing
    details: dict[str, object] = {
        "from": consultation.closes_at.isoformat(),
        "to": closes_at.isoformat(),
        "reason": reason.strip(),
    }
    reopened = consultation.stage is Stage.CLOSED
    consultation.closes_at, consultation.stage = closes_at, Stage.OPEN
    note("reopened" if reopened else "extended", consultation, actor=actor, now=now, details=details)
    session.flush()
    return consultation
