"""How the closed questions were answered."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.counting.answers import answer_of, how_answered, was_asked
from app.counting.behind import ResponseFilter, responses_behind
from app.counting.standing import Standing
from app.database import session
from app.enums import AnswerState, QuestionKind, QuestionPurpose, RespondentKind
from app.models import Answer, AnswerChoice, Question, Response


@dataclass(frozen=True)
class OptionCount:
    key: str
    label: str
    scale_position: int | None
    count: int


@dataclass(frozen=True)
class ClosedQuestionCount:
    """asked = answered + no_answer; asked + not_asked = the included without petitions.

    Percentages are of `answered`, "don't know" among them. Where several choices are allowed, the options
    sum to more than that.
    """

    key: str
    number: str
    text: str
    kind: QuestionKind
    section_id: uuid.UUID | None
    part_title: str
    position: int
    max_choices: int | None
    for_all: bool  # asked of individuals and of organisations
    options: tuple[OptionCount, ...]
    answered: int
    dont_know: int
    no_answer: int
    not_asked: int


def closed_questions(consultation_id: uuid.UUID) -> list[ClosedQuestionCount]:
    """The questions about the bid that have options, in their order."""
    questions = session.scalars(
        select(Question)
        .where(
            Question.consultation_id == consultation_id,
            Question.purpose == QuestionPurpose.BID,
            Question.kind != QuestionKind.TEXT,
            Question.enabled,
        )
        .options(joinedload(Question.wording), selectinload(Question.options))
        .order_by(Question.position)
    ).all()
    states = _states(consultation_id, questions)
    chosen = _choices(consultation_id, [question.id for question in questions])
    return [_count(question, states[question.id], chosen) for question in questions]


def closed_question(consultation_id: uuid.UUID, key: str) -> ClosedQuestionCount | None:
    return next((one for one in closed_questions(consultation_id) if one.key == key), None)


def _states(
    consultation_id: uuid.UUID, questions: Sequence[Question]
) -> dict[uuid.UUID, Counter[AnswerState]]:
    state = how_answered(Answer.state)
    query = (
        _base(consultation_id)
        .join(Question, Question.id.in_([question.id for question in questions]))
        .outerjoin(Answer, answer_of(Question.id))
        .with_only_columns(Question.id, Response.kind, state, func.count())
        .group_by(Question.id, Response.kind, state)
    )
    seen_by = {question.id: question.wording.seen_by for question in questions}
    found: dict[uuid.UUID, Counter[AnswerState]] = defaultdict(Counter)
    for question_id, kind, value, count in session.execute(query):
        how = AnswerState(value)
        if how is AnswerState.NONE and not was_asked(seen_by[question_id], kind):
            how = AnswerState.NOT_ASKED
        found[question_id][how] += count
    return found


def _choices(consultation_id: uuid.UUID, questions: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """A response has one answer to a question, and an option once in it."""
    query = (
        _base(consultation_id)
        .join(Answer, Answer.response_version_id == Response.current_version_id)
        .join(AnswerChoice, AnswerChoice.answer_id == Answer.id)
        .where(Answer.question_id.in_(questions))
        .with_only_columns(AnswerChoice.option_id, func.count())
        .group_by(AnswerChoice.option_id)
    )
    return {option_id: count for option_id, count in session.execute(query)}


def _base(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    return responses_behind(consultation_id, ResponseFilter(standing=Standing.INCLUDED, petition=False))


def _count(
    question: Question, states: Counter[AnswerState], chosen: dict[uuid.UUID, int]
) -> ClosedQuestionCount:
    options = tuple(
        OptionCount(option.key, option.label, option.scale_position, chosen.get(option.id, 0))
        for option in question.options
    )
    return ClosedQuestionCount(
        key=question.key,
        number=question.number,
        text=question.wording.text,
        kind=question.kind,
        section_id=question.section_id,
        part_title=question.part_title,
        position=question.position,
        max_choices=question.wording.max_choices,
        for_all=all(was_asked(question.wording.seen_by, kind) for kind in RespondentKind),
        options=options,
        answered=states[AnswerState.ANSWERED] + states[AnswerState.DONT_KNOW],
        dont_know=states[AnswerState.DONT_KNOW],
        no_answer=states[AnswerState.NONE],
        not_asked=states[AnswerState.NOT_ASKED],
    )
