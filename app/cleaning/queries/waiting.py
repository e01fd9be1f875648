"""The tabs of cleaning: how many wait in each, a page of them, and which comes next."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select

from app.counting.cleaning import WAITING, count_waiting
from app.counting.flags import SAFEGUARDING, has_standing_flag
from app.database import session
from app.enums import CleaningDecision
from app.models import CleaningItem, Comment, Response
from app.responses.queries.pages import Page, cut, length, within

TABS = ("duplicates", "tests", "blank", "personal", "safety", "letters", "late")
OF_COMMENTS = ("personal", "safety", "letters")
OF_RESPONSES = ("tests", "blank", "late")


@dataclass(frozen=True)
class WaitingRow:
    """`key` is the last part of the item's address: an id, or a response's reference."""

    key: str
    reference: str
    other: str | None
    sent_at: datetime | None
    words: str
    put_off: bool = False


def tab_counts(consultation_id: uuid.UUID) -> dict[str, int]:
    return {tab: count_waiting(consultation_id, tab) for tab in TABS}


def waiting_page(consultation_id: uuid.UUID, tab: str, *, page: int) -> Page[WaitingRow]:
    chosen = WAITING[tab](consultation_id)
    total = length(chosen)
    number = within(page, total)
    return Page(_rows(tab, cut(_ordered(tab, chosen), number)), total, number)


def next_key(consultation_id: uuid.UUID, tab: str, *, but: str) -> str | None:
    """The first that waits, other than this one."""
    rows = _rows(tab, _ordered(tab, WAITING[tab](consultation_id)).limit(2))
    return next((row.key for row in rows if row.key != but), None)


def _ordered(tab: str, chosen: Select[Any]) -> Select[Any]:
    if tab == "safety":  # a need for help before abuse
        pressing = case((has_standing_flag(SAFEGUARDING), 0), else_=1)
        return chosen.with_only_columns(Comment).order_by(pressing, Comment.id)
    if tab in OF_COMMENTS:
        return chosen.with_only_columns(Comment).order_by(Comment.id)
    if tab in OF_RESPONSES:
        return chosen.with_only_columns(Response).order_by(Response.sent_at, Response.id)
    put_off = case((CleaningItem.decision == CleaningDecision.LATER, 1), else_=0)
    return chosen.with_only_columns(CleaningItem).order_by(put_off, CleaningItem.updated_at, CleaningItem.id)


def _rows(tab: str, query: Select[Any]) -> list[WaitingRow]:
    found = session.scalars(query).all()
    return _READ[_kind(tab)](found)


def _kind(tab: str) -> str:
    return "comments" if tab in OF_COMMENTS else "responses" if tab in OF_RESPONSES else "items"


def _of_comments(found: Sequence[Comment]) -> list[WaitingRow]:
    senders = _responses({one.response_id for one in found})
    return [
        WaitingRow(str(one.id), who.reference, None, who.sent_at, _short(one.redacted_text))
        for one in found
        if (who := senders[one.response_id])
    ]


def _of_responses(found: Sequence[Response]) -> list[WaitingRow]:
    return [WaitingRow(one.reference, one.reference, None, one.sent_at, "") for one in found]


def _of_items(found: Sequence[CleaningItem]) -> list[WaitingRow]:
    sent = _responses({key for one in found for key in (one.response_id, one.other_id) if key})
    return [
        WaitingRow(
            str(one.id),
            sent[one.response_id].reference,
            sent[one.other_id].reference if one.other_id else None,
            sent[one.response_id].sent_at,
            "",
            one.decision is CleaningDecision.LATER,
        )
        for one in found
    ]


_READ: dict[str, Callable[[Any], list[WaitingRow]]] = {
    "comments": _of_comments,
    "responses": _of_responses,
    "items": _of_items,
}


def _responses(ids: set[uuid.UUID]) -> dict[uuid.UUID, Response]:
    return {one.id: one for one in session.scalars(select(Response).where(Response.id.in_(ids)))}


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"
