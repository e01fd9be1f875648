"""Pairs of responses that may be the same reply sent twice, as the machine finds them."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.database import blocks, session
from app.enums import CleaningDecision, CleaningKind
from app.models import CleaningItem, Comment, Response

Pair = tuple[uuid.UUID, uuid.UUID]


def record_duplicates(comments: Iterable[Pair], *, consultation_id: uuid.UUID) -> int:
    """`comments` are pairs with the same or nearly the same words. What an officer decided or put off stays;
    a pair that is not found any more goes only where nobody has touched it."""
    wanted = _pairs_of_responses(list(comments))
    there = {(row.other_id, row.response_id): row for row in _rows(consultation_id)}
    for pair, row in there.items():
        if pair not in wanted and row.decision is CleaningDecision.OPEN and row.officer_id is None:
            session.delete(row)
    session.add_all(
        CleaningItem(
            consultation_id=consultation_id, kind=CleaningKind.DUPLICATE, other_id=earlier, response_id=later
        )
        for earlier, later in sorted(wanted - there.keys())
    )
    session.flush()
    return len(wanted)


def _pairs_of_responses(comments: list[Pair]) -> set[Pair]:
    """The one that was sent first comes first."""
    sender = _senders([key for pair in comments for key in pair])
    found = set()
    for one, other in comments:
        first, second = sorted((sender[one], sender[other]))
        if first[1] != second[1]:
            found.add((first[1], second[1]))
    return found


def _senders(comment_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, uuid.UUID]]:
    found: dict[uuid.UUID, tuple[str, uuid.UUID]] = {}
    for block in blocks(comment_ids):
        query = (
            select(Comment.id, Response.sent_at, Response.id)
            .join(Response, Response.id == Comment.response_id)
            .where(Comment.id.in_(block))
        )
        for key, sent_at, response_id in session.execute(query):
            found[key] = (sent_at.isoformat() if sent_at else "", response_id)
    return found


def _rows(consultation_id: uuid.UUID) -> list[CleaningItem]:
    query = select(CleaningItem).where(
        CleaningItem.consultation_id == consultation_id, CleaningItem.kind == CleaningKind.DUPLICATE
    )
    return list(session.scalars(query))
