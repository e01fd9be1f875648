from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session, transaction
from app.enums import ExclusionReason, QuestionPurpose, RespondentKind, ResponseStatus, Role
from app.models import Consultation, EqualityAnswer, Exclusion, Option, Question
from app.reporting.queries.equality import equality_tables
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import words
from tests.support.sign_in import sign_in

PAGE = "/officer/c/market-square/equality"
Table = dict[str, int | str]


def answers(asking: Consultation, key: str, counts: dict[str, int], **response: object) -> None:
    """As many responses as `counts` says chose each option."""
    with transaction():
        question = session.scalars(select(Question).where(Question.key == key)).one()
        options = {
            o.key: o.id for o in session.scalars(select(Option).where(Option.question_id == question.id))
        }
        for option, count in counts.items():
            for _ in range(count):
                here = session.merge(asking)
                sent = a_response(here, **response)
                session.add(
                    EqualityAnswer(response_id=sent.id, question_id=question.id, option_id=options[option])
                )


def tables(asking: Consultation) -> dict[str, Table]:
    session.rollback()
    return {
        one.text: {label: number.hidden or number.count or 0 for label, number in one.rows}
        for one in equality_tables(session.merge(asking))
    }


def test_a_question_is_shown_from_fifty_answers_with_its_small_numbers_hidden(asking: Consultation) -> None:
    answers(asking, "age", {"young": 40, "old": 9})
    assert tables(asking)["Which age?"] == {}
    answers(asking, "age", {"prefer_not_to_say": 3})

    assert tables(asking)["Which age?"] == {"Young": 40, "Old": "with", "Prefer not to say": "small"}
    assert tables(asking)["Which health?"] == {}


def test_numbers_are_rounded_so_that_one_response_more_or_less_tells_nothing(asking: Consultation) -> None:
    answers(asking, "age", {"young": 40, "old": 20})
    before = tables(asking)
    answers(asking, "age", {"old": 1})

    assert tables(asking) == before


def test_what_is_not_in_the_analysis_does_not_count(asking: Consultation) -> None:
    answers(asking, "age", {"young": 49})
    answers(asking, "age", {"young": 1}, status=ResponseStatus.WITHDRAWN)
    answers(asking, "age", {"young": 1}, is_test=True)
    answers(asking, "age", {"young": 1}, kind=RespondentKind.ORGANISATION)
    with transaction():
        left_out = a_response(session.merge(asking))
        answer = session.scalars(select(EqualityAnswer)).first()
        assert answer is not None
        session.add(
            EqualityAnswer(
                response_id=left_out.id, question_id=answer.question_id, option_id=answer.option_id
            )
        )
        session.add(Exclusion(response_id=left_out.id, reason=ExclusionReason.SPAM))
    assert tables(asking)["Which age?"] == {}
    answers(asking, "age", {"young": 1})

    assert tables(asking)["Which age?"]["Young"] == 50


@pytest.mark.parametrize(("yes", "no", "shown"), [(60, 60, True), (60, 90, False)])
def test_a_question_asked_further_is_shown_only_where_the_answer_before_it_is(
    asking: Consultation, yes: int, no: int, shown: bool
) -> None:
    """With few who prefer not to say, the smaller of yes and no is hidden too: that must not be 60 again."""
    answers(asking, "health", {"yes": yes, "no": no} | ({} if shown else {"prefer_not_to_say": 2}))
    answers(asking, "effect", {"much": 30, "little": 30})

    assert bool(tables(asking)["Which effect?"]) is shown


def test_every_question_is_asked_of_the_table_that_is_enabled(asking: Consultation) -> None:
    keys = session.scalars(
        select(Question.key).where(Question.purpose == QuestionPurpose.EQUALITY, Question.enabled)
    ).all()

    assert len(tables(asking)) == len(keys)


def test_officers_see_the_tables_after_closing_and_no_list_behind_a_number(
    app: Flask, asking: Consultation, clock: SettableClock
) -> None:
    answers(asking, "age", {"young": 40, "old": 20})
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    with transaction():
        officer = an_officer()
        a_role(officer, Role.ANALYST, consultation=session.merge(asking))
    sign_in(client, officer, at=clock.now())
    before = words(client.page(PAGE))
    clock.set(session.merge(asking).closes_at + timedelta(days=1))
    sign_in(client, session.merge(officer), at=clock.now())
    page = client.page(PAGE)

    assert "Which age?" not in before
    assert "The tables are shown once the last response can have been sent." in before
    assert "about 60 people answered" in words(page)
    assert page.select("table a") == []
