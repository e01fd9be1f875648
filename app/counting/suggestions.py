"""What the software suggests and nobody has decided yet: for officers, marked as such, never a finding."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, and_, distinct, exists, func, select

from app.counting.behind import CommentFilter, comments_behind
from app.counting.frame import frame, roll_up
from app.counting.standing import Respondent
from app.database import session
from app.models import Comment, Consultation, Suggestion, SuggestionDecision


@dataclass(frozen=True)
class SuggestedCount:
    comments: int
    respondents: int


def suggested_waiting(
    consultation_id: uuid.UUID, *, at_least: float | None = None
) -> dict[str, SuggestedCount]:
    """By theme and net code, of the current run: comments still undecided for which the theme is suggested.

    `at_least` is a probability; without it, those that the engine itself assigned. A theme with nothing
    waiting is not there.
    """
    of = frame(consultation_id)
    rolled = roll_up(of)
    query = (
        _waiting(consultation_id, at_least)
        .join(rolled, rolled.c.theme_id == Suggestion.theme_id)
        .with_only_columns(
            rolled.c.counts_for, func.count(distinct(Comment.id)), func.count(distinct(Respondent.id))
        )
        .group_by(rolled.c.counts_for)
    )
    codes = {row.id: row.code for row in of.counted()}
    return {
        codes[theme_id]: SuggestedCount(comments, respondents)
        for theme_id, comments, respondents in session.execute(query)
    }


def suggested_comments_behind(
    consultation_id: uuid.UUID, *, theme: str | None, at_least: float | None = None
) -> Select[uuid.UUID]:
    """The ids of the comments behind one number of `suggested_waiting`, or with any theme waiting."""
    waiting = _waiting(consultation_id, at_least).distinct()
    if theme is None:
        return waiting
    return waiting.where(Suggestion.theme_id.in_(frame(consultation_id).under(theme)))


def comments_with_suggestions(consultation_id: uuid.UUID, *, at_least: float) -> int:
    """Undecided, with at least one theme of this probability waiting."""
    behind = suggested_comments_behind(consultation_id, theme=None, at_least=at_least).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def _waiting(consultation_id: uuid.UUID, at_least: float | None) -> Select[uuid.UUID]:
    """One row a suggestion; Comment, Respondent and Suggestion are joined."""
    current = select(Consultation.current_run_id).where(Consultation.id == consultation_id).scalar_subquery()
    enough = Suggestion.assigned.is_(True) if at_least is None else Suggestion.probability >= at_least
    decided = exists().where(
        SuggestionDecision.comment_id == Comment.id, SuggestionDecision.theme_id == Suggestion.theme_id
    )
    chosen = CommentFilter(decided=False, petition=False)
    return (
        comments_behind(consultation_id, chosen)
        .join(Suggestion, and_(Suggestion.comment_id == Comment.id, Suggestion.run_id == current))
        .where(enough, ~decided)
    )
