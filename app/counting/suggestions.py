"""What the software suggests and nobody has decided yet: for officers, marked as such, never a finding."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Exists, Select, and_, case, exists, func, or_, select

from app.counting.behind import CommentFilter, comments_behind, standing_coding
from app.counting.frame import Frame, FrameRow, frame, survivor_of
from app.counting.two_queries import comments_apart, comments_in_two_queries
from app.database import session
from app.enums import DispositionValue
from app.models import (
    MAIN_LAYER,
    Coding,
    Comment,
    Consultation,
    Disposition,
    Reading,
    Suggestion,
    SuggestionDecision,
)


@dataclass(frozen=True)
class SuggestedCount:
    comments: int


def suggested_waiting(
    consultation_id: uuid.UUID, *, at_least: float | None = None
) -> dict[str, SuggestedCount]:
    """By the theme's code, of the current run: comments for which the theme is suggested and waits.

    `at_least` is a probability; without it, those that the engine itself assigned. A theme with nothing
    waiting is not there.
    """
    of = frame(consultation_id)
    enough = Suggestion.assigned.is_(True) if at_least is None else Suggestion.probability >= at_least
    [found] = _counts(consultation_id, of, of.rows, [enough], least=enough)
    return found


def suggested_by_bound(
    consultation_id: uuid.UUID, bounds: Sequence[float], *, theme: str | None = None
) -> list[dict[str, SuggestedCount]]:
    """What waits from each probability up, as `suggested_waiting` counts it, in one pass; of one theme or of
    the whole frame."""
    of = frame(consultation_id)
    family = set(of.under(theme)) if theme is not None else {row.id for row in of.rows}
    rows = [row for row in of.rows if row.id in family]
    enough = [Suggestion.probability >= bound for bound in bounds]
    return _counts(consultation_id, of, rows, enough, least=Suggestion.probability >= min(bounds))


def _counts(
    consultation_id: uuid.UUID,
    of: Frame,
    rows: Sequence[FrameRow],
    enough: Sequence[ColumnElement[bool]],
    *,
    least: ColumnElement[bool],
) -> list[dict[str, SuggestedCount]]:
    """`enough`: a condition for each of the numbers; `least`: the widest of them.

    Most themes stand alone: their comments are their suggestions. Of a theme that others were merged into, a
    comment may have several, and counts once.
    """
    found: list[Counter[str]] = [Counter() for _ in enough]
    codes = {row.id: row.code for row in of.rows}
    apart, together = of.alone(rows)
    for themes, once in ((apart, False), (together, True)):
        if not themes:
            continue
        survivor = survivor_of(Suggestion.theme_id, of) if once else Suggestion.theme_id
        numbers = [_comments(one, once=once) for one in enough]
        for query in _suggested_in_two_queries(consultation_id):
            waiting = query.where(
                Suggestion.theme_id.in_(themes), least, still_waits(consultation_id, of, once=once)
            )
            counted = waiting.with_only_columns(survivor.label("survivor"), *numbers).group_by("survivor")
            for key, *counts in session.execute(counted):
                for bound, count in zip(found, counts, strict=True):
                    bound[codes[key]] += count
    return [{code: SuggestedCount(count) for code, count in bound.items() if count} for bound in found]


def _comments(enough: ColumnElement[bool], *, once: bool) -> ColumnElement[int]:
    if once:
        return func.count(case((enough, Suggestion.comment_id)).distinct())
    return func.count(case((enough, 1)))


def _suggested_in_two_queries(consultation_id: uuid.UUID) -> list[Select[uuid.UUID]]:
    """As `comments_in_two_queries`, with the suggestions of the run in use. Most are known to count by not
    being among the few that may not, so that databases begin with the index of suggestions."""
    current = current_run(consultation_id).scalar_subquery()
    _, others = comments_in_two_queries(consultation_id, CommentFilter(petition=False))
    few = comments_apart(consultation_id)
    most = select(Suggestion.id).where(Suggestion.run_id == current, Suggestion.comment_id.not_in(few))
    its = and_(Suggestion.comment_id == Comment.id, Suggestion.run_id == current)
    return [most.select_from(Suggestion), others.join(Suggestion, its)]


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
    enough = (Suggestion.probability >= at_least, still_waits(consultation_id))
    different = func.count(Suggestion.comment_id.distinct())
    counts = (
        query.where(*enough).with_only_columns(different)
        for query in _suggested_in_two_queries(consultation_id)
    )
    return sum(session.scalar(count) or 0 for count in counts)


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


def still_waits(
    consultation_id: uuid.UUID, of: Frame | None = None, *, once: bool = True
) -> ColumnElement[bool]:
    """Nobody has decided on the suggestion, given the comment this theme, or settled the comment; and the
    theme is still in use. `once`: some of the themes were merged."""
    of = of or frame(consultation_id)
    kept = [row.id for row in of.rows if not of.survivor(row).retired]
    coded = is_coded(of if once else None)
    return and_(Suggestion.theme_id.in_(kept), ~is_decided(), ~coded, ~is_settled())


def is_decided() -> ColumnElement[bool]:
    return exists().where(
        SuggestionDecision.comment_id == Suggestion.comment_id,
        SuggestionDecision.theme_id == Suggestion.theme_id,
    )


def is_coded(of: Frame | None) -> ColumnElement[bool]:
    """An officer gave the comment this theme, by whatever way. `of`: also as a theme it was merged with."""
    given, suggested = Coding.theme_id, Suggestion.theme_id
    same = survivor_of(given, of) == survivor_of(suggested, of) if of else given == suggested
    return exists().where(Coding.comment_id == Suggestion.comment_id, standing_coding(), same)


def is_settled() -> Exists:
    """The comment has an outcome other than themes, or has themes and was read whole: after either nothing is
    asked about it any more.

    One that only has some themes, given singly or in bulk, may well have more.
    """
    read = exists().where(Reading.comment_id == Disposition.comment_id, Reading.read_at.is_not(None))
    return exists().where(
        Disposition.comment_id == Suggestion.comment_id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value != DispositionValue.UNDECIDED,
        or_(Disposition.value != DispositionValue.CODED, read),
    )
