"""Who raised each theme, by what they are or answered: respondents, petitions apart. To be shown only with
small numbers hidden.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func

from app.counting.behind import CommentFilter, standing_coding
from app.counting.frame import frame, survivor_of
from app.counting.standing import Respondent
from app.counting.two_queries import comments_in_two_queries
from app.database import session
from app.enums import AnswerState
from app.models import Answer, AnswerChoice, Coding, Comment, Option

Group = tuple[str | None, ...]  # as many values as the dimension has
Groups = Counter[Group]
DONT_KNOW: Group = ("", AnswerState.DONT_KNOW.value)
NO_ANSWER: Group = ("", AnswerState.NONE.value)  # or was not asked


class Trait(StrEnum):
    TYPE = "type"  # kind and type of organisation
    AREA = "area"


@dataclass(frozen=True)
class Raised:
    """`everyone`: who commented anywhere. `themes`: by code, merges resolved, those that anybody raised."""

    everyone: Groups
    themes: dict[str, Groups]


def raised_by_trait(consultation_id: uuid.UUID, trait: Trait) -> Raised:
    columns = (Respondent.area,) if trait is Trait.AREA else (Respondent.kind, Respondent.organisation_type)
    return _raised(consultation_id, _commented(consultation_id), columns)


def raised_by_answer(consultation_id: uuid.UUID, question_id: uuid.UUID) -> Raised:
    """Of a question with one choice: (option key, ""), DONT_KNOW or NO_ANSWER."""
    given = and_(
        Answer.response_version_id == Respondent.current_version_id, Answer.question_id == question_id
    )
    chosen = [
        one.outerjoin(Answer, given)
        .outerjoin(AnswerChoice, AnswerChoice.answer_id == Answer.id)
        .outerjoin(Option, Option.id == AnswerChoice.option_id)
        for one in _commented(consultation_id)
    ]
    found = _raised(consultation_id, chosen, (Option.key, Answer.state))
    return Raised(_answers(found.everyone), {code: _answers(one) for code, one in found.themes.items()})


def _answers(found: Groups) -> Groups:
    counts: Groups = Counter()
    for (option, state), count in found.items():
        if state == AnswerState.DONT_KNOW:
            counts[DONT_KNOW] += count
        else:
            counts[NO_ANSWER if option is None else (option, "")] += count
    return counts


def _commented(consultation_id: uuid.UUID) -> Sequence[Select[uuid.UUID]]:
    return comments_in_two_queries(consultation_id, CommentFilter(petition=False))


def _raised(
    consultation_id: uuid.UUID, chosen: Sequence[Select[uuid.UUID]], columns: Sequence[Any]
) -> Raised:
    """Two queries for each of the chosen, whatever there is; these share no respondent."""
    people = func.count(distinct(Respondent.id))
    everyone: Groups = Counter()
    for one in chosen:
        for *group, count in session.execute(one.with_only_columns(*columns, people).group_by(*columns)):
            everyone[tuple(group)] += count
    return Raised(everyone, _themes(consultation_id, chosen, columns, people))


def _themes(
    consultation_id: uuid.UUID,
    chosen: Sequence[Select[uuid.UUID]],
    columns: Sequence[Any],
    people: ColumnElement[int],
) -> dict[str, Groups]:
    of = frame(consultation_id)
    theme = survivor_of(Coding.theme_id, of).label("survivor")
    codes = {row.id: row.code for row in of.counted()}
    found: dict[str, Groups] = defaultdict(Counter)
    for one in chosen:
        coded = one.join(Coding, Coding.comment_id == Comment.id).where(standing_coding())
        query = coded.with_only_columns(theme, *columns, people).group_by("survivor", *columns)
        for theme_id, *group, count in session.execute(query):
            found[codes[theme_id]][tuple(group)] += count
    return dict(found)
