"""Suggestions that officers dismissed for a letter are dismissed for its parts, and back again."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from app.database import session
from app.enums import Decision
from app.models import Comment, SuggestionDecision


def carry_dismissed(letter: Comment, parts: Collection[Comment]) -> None:
    """What the whole does not say none of its parts says."""
    session.add_all(_copy(row, part.id) for row in _dismissed(letter.id) for part in parts)
    session.flush()


def carry_dismissed_back(letter: Comment, parts: Collection[Comment]) -> None:
    """Dismissed for the letter is what is dismissed for each of its parts."""
    of_all = [{row.theme_id: row for row in _dismissed(part.id)} for part in parts]
    everywhere = set.intersection(*(set(rows) for rows in of_all))
    mine = {row.theme_id: row for row in _decided(letter.id)}
    for theme_id, row in mine.items():
        if row.decision is Decision.DISMISSED and theme_id not in everywhere:
            session.delete(row)
    session.add_all(_copy(of_all[0][key], letter.id) for key in sorted(everywhere - mine.keys()))
    session.flush()


def _decided(comment_id: uuid.UUID) -> list[SuggestionDecision]:
    query = select(SuggestionDecision).where(SuggestionDecision.comment_id == comment_id)
    return list(session.scalars(query.order_by(SuggestionDecision.id)))


def _dismissed(comment_id: uuid.UUID) -> list[SuggestionDecision]:
    return [row for row in _decided(comment_id) if row.decision is Decision.DISMISSED]


def _copy(row: SuggestionDecision, comment_id: uuid.UUID) -> SuggestionDecision:
    return SuggestionDecision(
        comment_id=comment_id, theme_id=row.theme_id, decision=row.decision, officer_id=row.officer_id,
        run_id=row.run_id, batch_id=row.batch_id, created_at=row.created_at,
    )  # fmt: skip
