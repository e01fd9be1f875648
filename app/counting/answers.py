"""How a response answers a question: answered, don't know, no answer and not asked are four things."""

import uuid

from sqlalchemy import Case, ColumnElement, SQLColumnExpression, and_, case, exists, false, or_, select

from app.database import session
from app.enums import AnswerState, RespondentKind
from app.models import Answer, AnswerChoice, Option, Question, QuestionVersion, Response


def how_answered(state: SQLColumnExpression[AnswerState]) -> Case[str]:
    """From the answer's state, NULL where there is no row. A letter is asked nothing, but may answer."""
    return case(
        (state == AnswerState.DONT_KNOW, AnswerState.DONT_KNOW.value),
        (state == AnswerState.ANSWERED, AnswerState.ANSWERED.value),
        (state == AnswerState.NOT_ASKED, AnswerState.NOT_ASKED.value),
        (Response.is_letter.is_(True), AnswerState.NOT_ASKED.value),
        else_=AnswerState.NONE.value,
    )


def was_asked(seen_by: list[str], kind: RespondentKind) -> bool:
    """A question that names no kind of respondent is for all."""
    return not seen_by or kind.value in seen_by


def answer_of(question: SQLColumnExpression[uuid.UUID] | uuid.UUID) -> ColumnElement[bool]:
    """To join Answer on: what the version that counts says to the question."""
    return and_(Answer.response_version_id == Response.current_version_id, Answer.question_id == question)


def question_id(consultation_id: uuid.UUID, key: str) -> ColumnElement[uuid.UUID]:
    query = select(Question.id).where(Question.consultation_id == consultation_id, Question.key == key)
    return query.scalar_subquery()


def chose(consultation_id: uuid.UUID, who: type[Response], key: str, option: str) -> ColumnElement[bool]:
    return exists().where(
        Answer.response_version_id == who.current_version_id,
        Answer.question_id == question_id(consultation_id, key),
        AnswerChoice.answer_id == Answer.id,
        Option.id == AnswerChoice.option_id,
        Option.key == option,
    )


def answered(consultation_id: uuid.UUID, key: str, how: AnswerState) -> ColumnElement[bool]:
    """A condition on Response. To say "don't know" is to answer, too."""
    found = session.execute(
        select(Question.id, QuestionVersion.seen_by)
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(Question.consultation_id == consultation_id, Question.key == key)
    ).first()
    if found is None:
        return false()
    state = how_answered(select(Answer.state).where(answer_of(found.id)).scalar_subquery())
    asked = Response.kind.in_([kind for kind in RespondentKind if was_asked(found.seen_by, kind)])
    if how is AnswerState.NOT_ASKED:
        return or_(state == how.value, and_(state == AnswerState.NONE.value, ~asked))
    if how is AnswerState.ANSWERED:
        return state.in_((AnswerState.ANSWERED.value, AnswerState.DONT_KNOW.value))
    return and_(state == how.value, asked) if how is AnswerState.NONE else state == how.value
