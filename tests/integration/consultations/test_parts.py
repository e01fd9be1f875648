"""What is kept of the questions between requests is never older than the questions."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from app.consultations.queries.parts import reply_parts
from app.database import session, transaction
from app.enums import RespondentKind
from app.models import Consultation, Option, Question
from tests.support.queries import counted


@pytest.fixture
def consultation(small: Consultation) -> Consultation:
    reply_parts(small, RespondentKind.INDIVIDUAL)
    return small


def words(consultation: Consultation) -> str:
    return repr(reply_parts(consultation, RespondentKind.INDIVIDUAL))


def change_a_wording(question: Question) -> None:
    question.wording.text = "Asked in other words?"


def switch_a_question_off(question: Question) -> None:
    question.enabled = False


def remove_an_option(question: Question) -> None:
    session.delete(session.scalars(select(Option).where(Option.question_id == question.id)).first())


@pytest.mark.parametrize("change", [change_a_wording, switch_a_question_off, remove_an_option])
def test_a_change_of_the_questions_is_seen_at_once(
    consultation: Consultation, change: Callable[[Question], None]
) -> None:
    before = words(consultation)
    with transaction():
        with_options = Question.id.in_(select(Option.question_id))
        found = select(Question).where(with_options, Question.section_id.is_not(None)).limit(1)
        change(session.scalars(found).one())

    assert words(consultation) != before


def test_asking_again_takes_one_statement(consultation: Consultation, engine: Engine) -> None:
    reply_parts(consultation, RespondentKind.INDIVIDUAL)
    with counted(engine) as statements:
        reply_parts(consultation, RespondentKind.INDIVIDUAL)

    assert len(statements) == 1
