"""What was decided in each tab of cleaning, the newest first: from here it can be taken back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.counting.cleaning import OPEN, SAFETY, late_waiting, readable_comments
from app.counting.flags import PERSONAL_DATA, has_standing_flag
from app.database import session
from app.enums import CleaningDecision, CleaningKind, ResponseStatus
from app.models import CleaningItem, Comment, Flag, LetterDivision, Officer, Redaction, Response
from app.responses.queries.pages import Page, cut, length, within

KINDS = {
    "duplicates": CleaningKind.DUPLICATE,
    "tests": CleaningKind.TEST,
    "blank": CleaningKind.BLANK,
}
_other = aliased(Response)


@dataclass(frozen=True)
class DecidedRow:
    """`key` is the last part of the item's address. `decision`: None where only its own page says it."""

    key: str
    reference: str
    other: str | None = None
    decision: CleaningDecision | None = None
    officer: str | None = None
    at: datetime | None = None


def count_decided(consultation_id: uuid.UUID, tab: str) -> int:
    return length(_chosen(consultation_id, tab)) if tab in DECIDED else 0


def decided_page(consultation_id: uuid.UUID, tab: str, *, page: int) -> Page[DecidedRow]:
    chosen = _chosen(consultation_id, tab)
    total = length(chosen)
    number = within(page, total)
    rows = session.execute(cut(chosen, number)).all()
    return Page([_READ.get(tab, _of_item)(row) for row in rows], total, number)


def _chosen(consultation_id: uuid.UUID, tab: str) -> Any:
    if tab in KINDS:
        return _items(consultation_id, KINDS[tab])
    return _OTHERS[tab](consultation_id)


def _items(consultation_id: uuid.UUID, kind: CleaningKind) -> Any:
    return (
        select(CleaningItem, Response.reference, _other.reference, Officer.name)
        .join(Response, Response.id == CleaningItem.response_id)
        .outerjoin(_other, _other.id == CleaningItem.other_id)
        .outerjoin(Officer, Officer.id == CleaningItem.officer_id)
        .where(
            CleaningItem.consultation_id == consultation_id,
            CleaningItem.kind == kind,
            CleaningItem.decision.not_in(OPEN),
            Response.status == ResponseStatus.SENT,
        )
        .order_by(CleaningItem.decided_at.desc(), CleaningItem.id)
    )


def _comments(consultation_id: uuid.UUID, *codes: str) -> Any:
    """Nothing of these codes waits on them, and something did or has been hidden."""
    settled = exists().where(
        Flag.comment_id == Comment.id, Flag.code.in_(codes), Flag.settled_at.is_not(None)
    )
    hidden = exists().where(
        Redaction.comment_id == Comment.id, Redaction.proposed.is_(False), Redaction.reversed_at.is_(None)
    )
    decided = settled | hidden if PERSONAL_DATA in codes else settled
    chosen = readable_comments(consultation_id).with_only_columns(Comment.id, Response.reference)
    return chosen.where(decided, ~has_standing_flag(*codes)).order_by(Comment.id.desc())


def _late(consultation_id: uuid.UUID) -> Any:
    return (
        select(Response.reference)
        .where(
            Response.consultation_id == consultation_id,
            Response.late,
            Response.status == ResponseStatus.SENT,
            Response.id.not_in(late_waiting(consultation_id)),
        )
        .order_by(Response.sent_at.desc(), Response.id)
    )


def _letters(consultation_id: uuid.UUID) -> Any:
    return (
        select(LetterDivision.comment_id, Response.reference)
        .join(Comment, Comment.id == LetterDivision.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            LetterDivision.consultation_id == consultation_id,
            LetterDivision.undone_at.is_(None),
            Response.status == ResponseStatus.SENT,
        )
        .order_by(LetterDivision.id.desc())
    )


def _of_item(row: Any) -> DecidedRow:
    item, reference, other, officer = row
    key = str(item.id) if other else reference
    return DecidedRow(key, reference, other, item.decision, officer, item.decided_at)


_OTHERS: dict[str, Callable[[uuid.UUID], Any]] = {
    "personal": lambda here: _comments(here, PERSONAL_DATA),
    "safety": lambda here: _comments(here, *SAFETY),
    "letters": _letters,
    "late": _late,
}
_READ: dict[str, Callable[[Any], DecidedRow]] = {
    "personal": lambda row: DecidedRow(str(row[0]), row[1]),
    "safety": lambda row: DecidedRow(str(row[0]), row[1]),
    "letters": lambda row: DecidedRow(str(row[0]), row[1]),
    "late": lambda row: DecidedRow(row[0], row[0]),
}
DECIDED = (*KINDS, *_OTHERS)
