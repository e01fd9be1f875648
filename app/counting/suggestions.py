"""What the software suggests and nobody has decided yet: for officers, marked as such, never a finding."""

import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, or_, select

from app.counting.behind import CommentFilter, comments_behind, has_been_read, standing_coding
from app.counting.coded import Targets, in_blocks, places
from app.counting.frame import Frame, frame, levels
from app.counting.standing import Respondent
from app.database import session
from app.enums import DispositionValue
from app.models import (
    MAIN_LAYER,
    Coding,
    Comment,
    Consultation,
    Disposition,
    Suggestion,
    SuggestionDecision,
)


@dataclass(frozen=True)
class SuggestedCount:
    comments: int
    respondents: int


def suggested_waiting(
    consultation_id: uuid.UUID, *, at_least: float | None = None
) -> dict[str, SuggestedCount]:
    """By theme and net code, of the current run: comments for which the theme is suggested and waits.

    `at_least` is a probability; without it, those that the engine itself assigned. A theme with nothing
    waiting is not there.
    """
    of = frame(consultation_id)
    enough = _waiting(consultation_id, at_least)
    [found] = _counts(of, enough, levels(of), [0.0])
    return found


def suggested_by_bound(
    consultation_id: uuid.UUID, bounds: Sequence[float], *, theme: str | None = None
) -> list[dict[str, SuggestedCount]]:
    """What waits from each probability up, as `suggested_waiting` counts it, in one pass; of one theme or of
    the whole frame."""
    of = frame(consultation_id)
    waiting = _waiting(consultation_id, min(bounds))
    if theme is None:
        return _counts(of, waiting, levels(of), bounds)
    family = of.under(theme)
    survivor = {row.id: of.survivor(row).id for row in of.rows if row.code == theme}
    return _counts(of, waiting, [dict.fromkeys(family, next(iter(survivor.values()), None))], bounds)


def _counts(
    of: Frame,
    waiting: Select[uuid.UUID],
    of_levels: list[dict[uuid.UUID, Any]],
    bounds: Sequence[float],
) -> list[dict[str, SuggestedCount]]:
    """A comment, and a respondent, counts for a theme by the likeliest of its suggestions."""
    targets, known = places(of_levels)
    rising = sorted(set(bounds))
    comments, respondents = _reached(waiting, targets, rising)
    codes = {row.id: row.code for row in of.counted()}
    found: list[dict[str, SuggestedCount]] = []
    for bound in bounds:
        least = rising.index(bound) + 1
        numbers = {
            codes[key]: SuggestedCount(_from(comments[place], least), _from(respondents[place], least))
            for place, key in enumerate(known)
        }
        found.append({code: count for code, count in numbers.items() if count.comments})
    return found


def _reached(
    waiting: Select[uuid.UUID], targets: Targets, rising: Sequence[float]
) -> tuple[list[bytearray], list[bytearray]]:
    """For each number of a theme or net, and for each comment and each respondent: how many of the bounds."""
    keys = {text: its for key, its in targets.items() for text in (key.hex, str(key))}
    query = waiting.where(Suggestion.theme_id.in_(list(targets))).with_only_columns(
        cast(Comment.id, Text).label("comment"),
        cast(Respondent.id, Text).label("respondent"),
        cast(Suggestion.theme_id, Text).label("theme"),
        Suggestion.probability,
    )
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    rows = [
        (
            numbers[0].setdefault(comment, len(numbers[0])),
            numbers[1].setdefault(respondent, len(numbers[1])),
            keys[theme],
            bisect_right(rising, probability),
        )
        for comment, respondent, theme, probability in in_blocks(query)
    ]
    known = {place for its in targets.values() for place in its}
    comments, respondents = ([bytearray(len(of)) for _ in known] for of in numbers)
    for comment, respondent, its, reached in rows:
        for place in its:
            if reached > comments[place][comment]:
                comments[place][comment] = reached
            if reached > respondents[place][respondent]:
                respondents[place][respondent] = reached
    return comments, respondents


def _from(reached: bytearray, least: int) -> int:
    return len(reached) - sum(reached.count(fewer) for fewer in range(least))


def suggested_comments_behind(
    consultation_id: uuid.UUID, *, theme: str | None, at_least: float | None = None
) -> Select[uuid.UUID]:
    """The ids of the comments behind one number of `suggested_waiting`, or with any theme waiting."""
    waiting = _waiting(consultation_id, at_least).distinct()
    if theme is None:
        return waiting
    return waiting.where(Suggestion.theme_id.in_(frame(consultation_id).under(theme)))


def comments_with_suggestions(consultation_id: uuid.UUID, *, at_least: float) -> int:
    """With at least one theme of this probability waiting."""
    behind = suggested_comments_behind(consultation_id, theme=None, at_least=at_least).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def _waiting(consultation_id: uuid.UUID, at_least: float | None) -> Select[uuid.UUID]:
    """One row a suggestion; Comment, Respondent and Suggestion are joined."""
    enough = Suggestion.assigned.is_(True) if at_least is None else Suggestion.probability >= at_least
    return suggested_behind(consultation_id).where(enough, still_waits(consultation_id))


def suggested_behind(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """All suggestions of the run in use, decided or not: Comment, Respondent and Suggestion are joined."""
    current = current_run(consultation_id).scalar_subquery()
    return comments_behind(consultation_id, CommentFilter(petition=False)).join(
        Suggestion, and_(Suggestion.comment_id == Comment.id, Suggestion.run_id == current)
    )


def current_run(consultation_id: uuid.UUID) -> Select[uuid.UUID | None]:
    """Its id; officers see the suggestions of no other."""
    return select(Consultation.current_run_id).where(Consultation.id == consultation_id)


def still_waits(consultation_id: uuid.UUID) -> ColumnElement[bool]:
    """Nobody has decided on the suggestion, given the comment this theme, or settled the comment; and the
    theme is still in use."""
    of = frame(consultation_id)
    gone = [row.id for row in of.rows if of.survivor(row).retired]
    return and_(Suggestion.theme_id.not_in(gone), ~is_decided(), ~is_coded(of), ~is_settled())


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
        survivor_of(Coding.theme_id, of) == survivor_of(Suggestion.theme_id, of),
    )


def is_settled() -> ColumnElement[bool]:
    """The comment has an outcome other than themes, or was read whole: nothing is asked about it any more.

    One that only has some themes, given singly or in bulk, may well have more.
    """
    outcome = exists().where(
        Disposition.comment_id == Comment.id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
    )
    return or_(outcome, and_(_has_themes(), has_been_read()))


def survivor_of(theme_id: Any, of: Frame) -> ColumnElement[uuid.UUID]:
    """The theme that this one is now part of."""
    moved = {row.id: of.survivor(row).id for row in of.rows if row.merged_into_id is not None}
    return case(moved, value=theme_id, else_=theme_id) if moved else theme_id


def _has_themes() -> ColumnElement[bool]:
    return exists().where(
        Disposition.comment_id == Comment.id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value == DispositionValue.CODED,
    )
