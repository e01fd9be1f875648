"""Words of abuse or of a need for help: a person has read them and says what was done."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.cleaning.refusals import DecidedMeanwhile, NoLongerHere, ReasonMissing
from app.counting.cleaning import SAFETY
from app.database import session
from app.models import Comment, Flag


def settle_safety(comment_id: uuid.UUID, *, done: str, actor: Actor, now: datetime) -> list[Flag]:
    """`done` says what was done about it. Raises CleaningRefused."""
    rows = _flags(comment_id, standing=True)
    if not rows:
        raise DecidedMeanwhile
    if not done.strip():
        raise ReasonMissing
    for row in rows:
        row.settled_at, row.settled_by_id, row.settled_note = now, actor.officer_id, done.strip()
    _note("settled", comment_id, rows, actor=actor, now=now)
    return rows


def raise_safety_again(comment_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """The flag waits again; what was said before stays in front of the reason. Raises CleaningRefused."""
    rows = _flags(comment_id, standing=False)
    if not rows:
        raise DecidedMeanwhile
    if not reason.strip():
        raise ReasonMissing
    for row in rows:
        row.settled_at, row.settled_by_id = None, None
        row.settled_note = f"{row.settled_note}\n{reason.strip()}".strip()
    _note("raised again", comment_id, rows, actor=actor, now=now)


def _flags(comment_id: uuid.UUID, *, standing: bool) -> list[Flag]:
    query = select(Flag).where(
        Flag.comment_id == comment_id,
        Flag.code.in_(SAFETY),
        Flag.settled_at.is_(None) if standing else Flag.settled_at.is_not(None),
    )
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def _note(action: str, comment_id: uuid.UUID, rows: Sequence[Flag], *, actor: Actor, now: datetime) -> None:
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise NoLongerHere
    session.flush()
    record(
        action, actor=actor, now=now, subject="flag", subject_id=comment_id,
        subject_name=comment.response.reference, consultation_id=comment.consultation_id,
        details={"codes": ", ".join(sorted({row.code for row in rows}))},
    )  # fmt: skip
