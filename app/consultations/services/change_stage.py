"""Moving a consultation from one stage to another."""

import uuid
from datetime import datetime

from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.stages import MOVES, Move
from app.database import session
from app.enums import Stage
from app.models import Consultation, Question, QuestionVersion


class StageRefused(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class ReasonMissing(StageRefused):
    def __init__(self) -> None:
        super().__init__("Give the reason for going back")


def change_stage(
    consultation_id: uuid.UUID, *, move: str, actor: Actor, now: datetime, reason: str = ""
) -> Consultation:
    """`move` is a key of MOVES; whoever calls has checked its right. Raises StageRefused."""
    chosen = MOVES[move]
    consultation = locked(consultation_id)
    if consultation.stage is not chosen.start:
        raise StageRefused("The stage was changed while this page was open. Look at it as it is now.")
    if chosen.back and not reason.strip():
        raise ReasonMissing
    _prepare(consultation, chosen, now=now)
    consultation.stage = chosen.end
    details: dict[str, object] = {"from": chosen.start.value, "to": chosen.end.value}
    if reason.strip():
        details["reason"] = reason.strip()
    note("moved", consultation, actor=actor, now=now, details=details)
    session.flush()
    return consultation


def locked(consultation_id: uuid.UUID) -> Consultation:
    """Read again under a lock, so that of two moves the second sees the first."""
    query = select(Consultation).where(Consultation.id == consultation_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _prepare(consultation: Consultation, move: Move, *, now: datetime) -> None:
    if move.end is Stage.OPEN and move.start is Stage.TESTING:
        if consultation.closes_at <= now:
            raise StageRefused("The closing time has passed. Change it before you open the consultation.")
        _lock_questions(consultation, now=now)
    if move.end is Stage.CLOSED and move.start is Stage.OPEN:
        # Drafts begun before have their grace from this moment on.
        consultation.closes_at = min(consultation.closes_at, now)


def _lock_questions(consultation: Consultation, *, now: datetime) -> None:
    """From the opening on a wording never changes: a correction is a new version beside the old."""
    asked = select(Question.id).where(Question.consultation_id == consultation.id)
    session.execute(
        update(QuestionVersion)
        .where(QuestionVersion.question_id.in_(asked), QuestionVersion.locked_at.is_(None))
        .values(locked_at=now)
    )


def note(
    action: str, consultation: Consultation, *, actor: Actor, now: datetime, details: dict[str, object]
) -> None:
    """The audit row. A reason is an officer's words about the consultation, never a response's."""
    record(
        action,
        actor=actor,
        now=now,
        subject="consultation",
        subject_id=consultation.id,
        subject_name=consultation.slug,
        consultation_id=consultation.id,
        details=details,
    )
