"""The machine's suggestions as officers meet them: those of the finished run, and which still wait."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from app.counting.behind import has_been_read, standing_coding
from app.counting.frame import Frame, frame
from app.counting.standing import comments_that_count
from app.database import session
from app.enums import DispositionValue
from app.models import (
    MAIN_LAYER,
    Coding,
    Comment,
    Consultation,
    Disposition,
    Question,
    Response,
    Suggestion,
    SuggestionDecision,
)

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


@dataclass(frozen=True)
class SuggestedCount:
    """Comments with a suggestion that waits."""

    likely: int = 0
    possible: int = 0
    unlikely: int = 0

    @property
    def total(self) -> int:
        return self.likely + self.possible + self.unlikely


def suggestions_for(
    consultation_id: uuid.UUID, *, theme: str | None = None, band: Band | None = None
) -> Select[Suggestion]:
    """Of the run in use, on comments that count; with Comment joined. `theme` is a code."""
    query = (
        select(Suggestion)
        .join(Consultation, Consultation.current_run_id == Suggestion.run_id)
        .join(Comment, Comment.id == Suggestion.comment_id)
        .where(Consultation.id == consultation_id, Comment.id.in_(comments_that_count(consultation_id)))
    )
    if theme is not None:
        query = query.where(Suggestion.theme_id.in_(frame(consultation_id).under(theme)))
    return query if band is None else query.where(band.condition())


def is_decided() -> ColumnElement[bool]:
    return exists().where(
        SuggestionDecision.comment_id == Suggestion.comment_id,
        SuggestionDecision.theme_id == Suggestion.theme_id,
    )


def is_coded(of: Frame) -> ColumnElement[bool]:
    """An officer gave the comment this theme, by whatever way."""
    return exists().where(
        Coding.comment_id == Suggestion.comment_id,
        standing_coding(),
        counted_theme(Coding.theme_id, of) == counted_theme(Suggestion.theme_id, of),
    )


def is_closed() -> ColumnElement[bool]:
    """The comment was read whole, or is something other than coded: nothing is asked about it any more."""
    otherwise = exists().where(
        Disposition.comment_id == Comment.id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
    )
    return or_(otherwise, has_been_read())


def waiting(
    consultation_id: uuid.UUID, *, theme: str | None = None, band: Band | None = None
) -> Select[Suggestion]:
    """Suggestions that an officer is still to decide."""
    query = suggestions_for(consultation_id, theme=theme, band=band)
    return query.where(~is_decided(), ~is_coded(frame(consultation_id)), ~is_closed())


def counted_theme(column: Any, of: Frame) -> ColumnElement[uuid.UUID]:
    """The theme that this one is now part of."""
    moved = {row.id: of.survivor(row).id for row in of.rows if row.merged_into_id is not None}
    return case(moved, value=column, else_=column) if moved else column


def suggested_by_theme(consultation_id: uuid.UUID) -> dict[uuid.UUID, SuggestedCount]:
    """How many comments wait with a suggestion, for each theme of the frame that has any."""
    theme = counted_theme(Suggestion.theme_id, frame(consultation_id))
    number = case((Suggestion.probability >= LIKELY, 0), (Suggestion.probability >= POSSIBLE, 1), else_=2)
    rows = session.execute(
        waiting(consultation_id)
        .with_only_columns(theme, number, func.count(Suggestion.comment_id.distinct()))
        .group_by(theme, number)
    )
    counts: dict[uuid.UUID, list[int]] = {}
    for theme_id, place, count in rows:
        counts.setdefault(theme_id, [0, 0, 0])[place] = count
    return {theme_id: SuggestedCount(*three) for theme_id, three in counts.items()}


@dataclass(frozen=True)
class Waiting:
    """A page of suggestions for one theme, the likeliest first."""

    rows: Sequence[Suggestion]
    count: int
    names: dict[uuid.UUID, str]


def waiting_page(
    consultation_id: uuid.UUID, *, theme: str, page: int, size: int, band: Band | None = None
) -> Waiting:
    query = waiting(consultation_id, theme=theme, band=band)
    count = session.scalar(query.with_only_columns(func.count(Suggestion.id))) or 0
    rows = session.scalars(
        with_comments(query)
        .order_by(Suggestion.probability.desc(), Suggestion.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return Waiting(rows, count, nearest_names(rows))


def with_comments(query: Select[Suggestion]) -> Select[Suggestion]:
    """Loads the comment, its response and its question in the same statement."""
    return (
        query.join(Response, Response.id == Comment.response_id)
        .outerjoin(Question, Question.id == Comment.question_id)
        .options(
            contains_eager(Suggestion.comment).contains_eager(Comment.response),
            contains_eager(Suggestion.comment).contains_eager(Comment.question),
        )
    )


def nearest_names(rows: Sequence[Suggestion]) -> dict[uuid.UUID, str]:
    """References of the responses whose coded comments a suggestion is like, by comment."""
    wanted = {uuid.UUID(key) for row in rows for key in row.reason.get("nearest", [])}
    if not wanted:
        return {}
    query = select(Comment.id, Response.reference).join(Response, Response.id == Comment.response_id)
    return {key: name for key, name in session.execute(query.where(Comment.id.in_(wanted)))}
