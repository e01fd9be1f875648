"""How many people and comments stand behind each theme, by officers' codings alone."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Text, and_, case, cast, func, null, or_, select

from app.counting.behind import CommentFilter, comments_behind, has_been_read, standing_coding
from app.counting.frame import Frame, FrameRow, counts_for, frame, levels
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
    if asked is None:
        return None
    wanted = of.survivor(asked)
    family = dict.fromkeys(of.under(code), wanted.id)
    chosen = CommentFilter(theme=code, petition=False)
    found = _numbers(consultation_id, chosen, [family], apart=False)
    return _row(of, wanted, found[None].get(wanted.id, {}))


def _by_question(
    consultation_id: uuid.UUID, chosen: CommentFilter, *, apart: bool
) -> dict[str | None, list[ThemeCount]]:
    of = frame(consultation_id)
    found = _numbers(consultation_id, chosen, levels(of), apart=apart)
    keys = list(found) if apart else [None]
    return {key: [_row(of, row, found[key].get(row.id, {})) for row in of.counted()] for key in keys}


KEY = "counts_for"
Numbers = dict[str | None, dict[uuid.UUID, dict[str, int]]]


def _numbers(
    consultation_id: uuid.UUID,
    chosen: CommentFilter,
    of_levels: list[dict[uuid.UUID, uuid.UUID]],
    *,
    apart: bool,
) -> Numbers:
    """Counted in steps, a comment once and then a respondent once: a count of different ids for each number
    would sort all codings for each."""
    found: Numbers = defaultdict(dict)
    for level in of_levels:
        for key, theme_id, *numbers in session.execute(_level(consultation_id, chosen, level, apart=apart)):
            found[key][theme_id] = dict(zip(NUMBERS, map(int, numbers), strict=True))
    return found


def _level(
    consultation_id: uuid.UUID, chosen: CommentFilter, level: dict[uuid.UUID, uuid.UUID], *, apart: bool
) -> Select[Any]:
    who = _commented(consultation_id, chosen, apart=apart)
    keys = (who.c.question, counts_for(Coding.theme_id, level).label(KEY))
    same = (who.c.respondent, who.c.individual, who.c.free, who.c.read)
    comments = (
        select(
            *keys, *same, Coding.comment_id,
            *(_any(Coding.stance == stance).label(stance.value) for stance in Stance),
            _any(Coding.source != CodingSource.BULK).label("single"),
        )
        .join(Coding, and_(Coding.comment_id == who.c.comment, standing_coding()))
        .where(Coding.theme_id.in_(level))
        .group_by(who.c.question, KEY, *same, Coding.comment_id)  # by name: its parameters differ each time
        .subquery("coded")
    )  # fmt: skip
    by = (comments.c.question, comments.c[KEY])
    people = (
        select(
            *by, comments.c.individual, func.max(comments.c.free).label("free"),
            func.count().label("comments"), func.sum(comments.c.free).label("free_comments"),
            func.sum(_either(comments.c.single, comments.c.read)).label("single"),
            *(func.sum(comments.c[stance.value]).label(stance.value) for stance in Stance),
        )
        .group_by(*by, comments.c.respondent, comments.c.individual)
        .subquery("people")
    )  # fmt: skip
    numbers = {
        "respondents": func.count(),
        "comments": func.sum(people.c.comments),
        **{stance.value: func.sum(people.c[stance.value]) for stance in Stance},
        "individuals": func.sum(people.c.individual),
        "organisations": func.sum(1 - people.c.individual),
        "respondents_without_campaigns": func.sum(people.c.free),
        "comments_without_campaigns": func.sum(people.c.free_comments),
        "comments_read_singly": func.sum(people.c.single),
    }
    by = (people.c.question, people.c[KEY])
    return select(*by, *(numbers[name] for name in NUMBERS)).group_by(*by)


def _commented(consultation_id: uuid.UUID, chosen: CommentFilter, *, apart: bool) -> CTE:
    """A row a comment, with what a number asks about it; worked out once, not for each coding."""
    query = comments_behind(consultation_id, chosen)
    if apart:
        query = query.outerjoin(Question, Question.id == Comment.question_id)
    return (
        query.with_only_columns(
            Comment.id.label("comment"),
            Respondent.id.label("respondent"),
            (Question.key if apart else cast(null(), Text)).label("question"),
            _one_if(Respondent.kind == RespondentKind.INDIVIDUAL).label("individual"),
            _one_if(~in_a_campaign()).label("free"),
            _one_if(has_been_read()).label("read"),
        )
        .cte("commented")
        .prefix_with("MATERIALIZED")
    )


def _row(of: Frame, row: FrameRow, numbers: dict[str, int]) -> ThemeCount:
    above = of.net_of(row)
    return ThemeCount(row.code, row.label, row.is_net, above.code if above else None, row.retired, **numbers)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(_one_if(condition))


def _either(first: ColumnElement[int], second: ColumnElement[int]) -> ColumnElement[int]:
    return case((or_(first == 1, second == 1), 1), else_=0)


NUMBERS = (
    "respondents",
    "comments",
    *(stance.value for stance in Stance),
    "individuals",
    "organisations",
    "respondents_without_campaigns",
    "comments_without_campaigns",
    "comments_read_singly",
)
