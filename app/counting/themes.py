"""How many people and comments stand behind each theme, by officers' codings alone."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, null, or_

from app.counting.behind import CommentFilter, comments_behind, has_been_read, standing_coding
from app.counting.frame import Frame, FrameRow, frame, roll_up
from app.counting.standing import Respondent, in_a_campaign
from app.database import session
from app.enums import CodingSource, RespondentKind, Stance
from app.models import Coding, Comment, Question


@dataclass(frozen=True)
class ThemeCount:
    """Distinct respondents and comments of the included, without petitions.

    A net counts each respondent once, whatever the number of its themes. A comment that supports and worries
    at once is in both stances, so that stances may sum to more than the comments.
    """

    code: str
    label: str
    is_net: bool
    net: str | None  # the code of the net it stands under
    retired: bool
    respondents: int = 0
    comments: int = 0
    support: int = 0  # the stances are comments
    concern: int = 0
    suggestion: int = 0
    neutral: int = 0
    individuals: int = 0
    organisations: int = 0
    respondents_without_campaigns: int = 0
    comments_without_campaigns: int = 0
    comments_read_singly: int = 0

    @property
    def comments_in_bulk(self) -> int:
        return self.comments - self.comments_read_singly

    @property
    def stances(self) -> dict[str, int]:
        return {stance.value: getattr(self, stance.value) for stance in Stance}


def theme_counts(consultation_id: uuid.UUID, *, question: str | None = None) -> list[ThemeCount]:
    """Every theme and net in the frame's order, merges resolved; `question` is a key."""
    return _by_question(consultation_id, CommentFilter(question=question, petition=False), apart=False)[None]


def theme_counts_by_question(consultation_id: uuid.UUID) -> dict[str | None, list[ThemeCount]]:
    """By the question's key; None: passages, letters and events. Each holds the whole frame."""
    return _by_question(consultation_id, CommentFilter(petition=False), apart=True)


def theme_count(consultation_id: uuid.UUID, code: str) -> ThemeCount | None:
    """An old code gives the theme it is now part of."""
    of = frame(consultation_id)
    asked = next((row for row in of.rows if row.code == code), None)
    wanted = of.survivor(asked).code if asked else None
    return next((row for row in theme_counts(consultation_id) if row.code == wanted), None)


def _by_question(
    consultation_id: uuid.UUID, chosen: CommentFilter, *, apart: bool
) -> dict[str | None, list[ThemeCount]]:
    of = frame(consultation_id)
    rolled = roll_up(of)
    group = [rolled.c.counts_for, *([Question.key] if apart else [])]
    query = (
        comments_behind(consultation_id, chosen)
        .join(Coding, and_(Coding.comment_id == Comment.id, standing_coding()))
        .join(rolled, rolled.c.theme_id == Coding.theme_id)
        .outerjoin(Question, Question.id == Comment.question_id)
        .with_only_columns(Question.key if apart else null(), rolled.c.counts_for, *NUMBERS.values())
        .group_by(*group)
    )
    found: dict[str | None, dict[uuid.UUID, dict[str, int]]] = defaultdict(dict)
    for key, theme_id, *numbers in session.execute(query):
        found[key][theme_id] = dict(zip(NUMBERS, numbers, strict=True))
    keys = list(found) if apart else [None]
    return {key: [_row(of, row, found[key].get(row.id, {})) for row in of.counted()] for key in keys}


def _row(of: Frame, row: FrameRow, numbers: dict[str, int]) -> ThemeCount:
    above = of.net_of(row)
    return ThemeCount(row.code, row.label, row.is_net, above.code if above else None, row.retired, **numbers)


def _distinct(what: Any, condition: ColumnElement[bool] | None) -> ColumnElement[int]:
    return func.count(distinct(what if condition is None else case((condition, what))))


NUMBERS: dict[str, ColumnElement[int]] = {
    "respondents": _distinct(Respondent.id, None),
    "comments": _distinct(Comment.id, None),
    **{stance.value: _distinct(Comment.id, Coding.stance == stance) for stance in Stance},
    "individuals": _distinct(Respondent.id, Respondent.kind == RespondentKind.INDIVIDUAL),
    "organisations": _distinct(Respondent.id, Respondent.kind == RespondentKind.ORGANISATION),
    "respondents_without_campaigns": _distinct(Respondent.id, ~in_a_campaign()),
    "comments_without_campaigns": _distinct(Comment.id, ~in_a_campaign()),
    "comments_read_singly": _distinct(Comment.id, or_(Coding.source != CodingSource.BULK, has_been_read())),
}
