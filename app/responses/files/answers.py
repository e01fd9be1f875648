"""A row of the responses file as answers to the questions of a consultation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.consultations.files.problems import Problems
from app.consultations.queries.questions import seen_by
from app.enums import AnswerState, QuestionKind, QuestionPurpose
from app.models import Option, Question
from app.responses.facts import DONT_KNOW
from app.responses.files.rows import GivenComment, ResponseRow
from app.responses.intake import normalise

COMMENTS = "comments."


@dataclass(frozen=True)
class GivenAnswer:
    question: Question
    state: AnswerState
    text: str | None = None
    options: tuple[Option, ...] = ()


def state_of(options: Sequence[Option]) -> AnswerState:
    """What a closed question's chosen options amount to."""
    if not options:
        return AnswerState.NONE
    return AnswerState.DONT_KNOW if any(o.key == DONT_KNOW for o in options) else AnswerState.ANSWERED


def answers_of(row: ResponseRow, questions: Sequence[Question], *, problems: Problems) -> list[GivenAnswer]:
    """One for each question that this kind of respondent sees, whether or not the file answers it."""
    comments = {COMMENTS + comment.question: comment for comment in row.comments}
    asked = [question for question in questions if seen_by(question, row.kind)]
    _unread(row, comments, asked, problems)
    return [_answer(row, question, comments, problems) for question in asked]


def _unread(
    row: ResponseRow, comments: dict[str, GivenComment], asked: list[Question], problems: Problems
) -> None:
    read = {question.response_field for question in asked}
    for field in [*row.answers, *comments]:
        if field not in read:
            problems.add(f"no question asked of an {row.kind} reads {field}", line=row.line)


def _answer(
    row: ResponseRow, question: Question, comments: dict[str, GivenComment], problems: Problems
) -> GivenAnswer:
    field = question.response_field
    if field is None:
        return GivenAnswer(question, AnswerState.NOT_ASKED)
    if field in comments:
        return GivenAnswer(question, AnswerState.ANSWERED, text=normalise(comments[field].text))
    if field in row.answers:
        given = _given(row.answers[field], question, row, problems)
        if given is not None:
            return given
    on_the_form = question.purpose is QuestionPurpose.BID
    asked = row.closed_asked or not on_the_form
    return GivenAnswer(question, AnswerState.NONE if asked else AnswerState.NOT_ASKED)


def _given(value: Any, question: Question, row: ResponseRow, problems: Problems) -> GivenAnswer | None:
    several = question.kind is QuestionKind.SEVERAL_CHOICES
    if not _right_type(value, several):
        kind = "a list of texts" if several else "text"
        problems.add(f"{question.response_field} must be {kind}", line=row.line)
        return None
    if question.kind is QuestionKind.TEXT:
        text = normalise(value)
        return GivenAnswer(question, AnswerState.ANSWERED, text=text) if text else None
    options = _chosen(value if several else [value], question, row, problems)
    return GivenAnswer(question, state_of(options), options=options)


def _right_type(value: Any, several: bool) -> bool:
    if several:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)


def _chosen(keys: list[str], question: Question, row: ResponseRow, problems: Problems) -> tuple[Option, ...]:
    options = {option.key: option for option in question.options}
    found: dict[str, Option] = {}
    for key in keys:
        option = options.get(key)
        if option is None:
            problems.add(f"{question.response_field} has no answer {key}", line=row.line)
            continue
        treated = options.get((option.treat_as or {}).get(row.kind, key), option)
        found[treated.key] = treated
    if (most := question.wording.max_choices) and len(found) > most:
        problems.add(f"{question.response_field} holds more than {most} answers", line=row.line)
    return tuple(found.values())
