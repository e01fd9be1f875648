"""The machine's suggestions as officers meet them: those of the finished run, and which still wait."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager

from app.counting.frame import frame
from app.counting.suggestions import still_waits, suggested_behind
from app.database import session
from app.models import Comment, Question, Response, Suggestion

LIKELY = 0.70
POSSIBLE = 0.40


class Word(StrEnum):
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"


def in_words(probability: float) -> Word:
    if probability >= LIKELY:
        return Word.LIKELY
    return Word.POSSIBLE if probability >= POSSIBLE else Word.UNLIKELY


@dataclass(frozen=True)
class Band:
    """Probabilities from `least` up to, but not with, `under`."""

    least: float = 0.0
    under: float = 1.01

    def condition(self) -> ColumnElement[bool]:
        return and_(Suggestion.probability >= self.least, Suggestion.probability < self.under)


def suggestions_for(
    consultation_id: uuid.UUID, *, theme: str | None = None, band: Band | None = None
) -> Select[Suggestion]:
    """Of the run in use, on comments that count; with Comment joined. `theme` is a code."""
    query = suggested_behind(consultation_id).with_only_columns(Suggestion)
    if theme is not None:
        query = query.where(Suggestion.theme_id.in_(frame(consultation_id).under(theme)))
    return query if band is None else query.where(band.condition())


def waiting(
    consultation_id: uuid.UUID, *, theme: str | None = None, band: Band | None = None
) -> Select[Suggestion]:
    """Suggestions that an officer is still to decide."""
    query = suggestions_for(consultation_id, theme=theme, band=band)
    return query.where(still_waits(consultation_id))


@dataclass(frozen=True)
class Waiting:
    """A page of suggestions for one theme, the likeliest first."""

    rows: Sequence[Suggestion]
    names: dict[uuid.UUID, str]


def waiting_page(
    consultation_id: uuid.UUID, *, theme: str, page: int, size: int, band: Band | None = None
) -> Waiting:
    rows = waiting_from(consultation_id, theme=theme, after=(page - 1) * size, size=size, band=band)
    return Waiting(rows, nearest_names(rows))


def waiting_from(
    consultation_id: uuid.UUID, *, theme: str, after: int, size: int, band: Band | None = None
) -> Sequence[Suggestion]:
    """Those behind the first `after` of the likeliest."""
    query = with_comments(waiting(consultation_id, theme=theme, band=band))
    ordered = query.order_by(Suggestion.probability.desc(), Suggestion.id)
    return session.scalars(ordered.limit(size).offset(after)).all()


def with_comments(query: Select[Suggestion]) -> Select[Suggestion]:
    """Loads the comment, its response and its question in the same statement."""
    return (
        query.join(Response, Response.id == Comment.response_id)
        .outerjoin(Question, Question.id == Comment.question_id)
        .options(
            contains_eager(Suggestion.comment).contains_eager(Comment.response),
            contains_eager(Suggestion.comment).contains_eager(Comment.question),
            contains_eager(Suggestion.comment).joinedload(Comment.passage),
        )
    )


def nearest_names(rows: Sequence[Suggestion]) -> dict[uuid.UUID, str]:
    """References of the responses whose coded comments a suggestion is like, by comment."""
    wanted = {uuid.UUID(key) for row in rows for key in row.reason.get("nearest", [])}
    if not wanted:
        return {}
    query = select(Comment.id, Response.reference).join(Response, Response.id == Comment.response_id)
    return {key: name for key, name in session.execute(query.where(Comment.id.in_(wanted)))}
