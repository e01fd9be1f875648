from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session, transaction
from app.enums import Stage
from app.models import Consultation, EqualityAnswer, Option, Question, Response
from tests.support.respondent import Respondent, words

BASE = "/c/market-square/reply/equality"
SENT = "/c/market-square/reply/sent"
AGE, HEALTH, EFFECT, GROUP, RIVER = range(1, 6)


def press(person: Respondent, number: int, **fields: str) -> TestResponse:
    return person.client.submit(f"{BASE}/{number}", **fields)


def stored() -> dict[str, tuple[str, str | None]]:
    found = (
        select(Question.key, Option.key, EqualityAnswer.text)
        .join(EqualityAnswer, EqualityAnswer.question_id == Question.id)
        .join(Option, Option.id == EqualityAnswer.option_id)
    )
    session.rollback()
    return {question: (option, text) for question, option, text in session.execute(found)}


def test_the_page_after_sending_has_the_reference_and_asks_whether_to_ask(person: Respondent) -> None:
    page = person.open("/equality")

    assert "We have received your response" in words(page)
    assert session.scalars(select(Response.reference)).one() in words(page)
    assert "Do you want to answer the equality questions?" in words(page)
    assert page.select("input[checked]") == []


@pytest.mark.parametrize("choice", [{"wanted": "no"}, {}], ids=["no", "nothing chosen"])
def test_who_does_not_want_to_is_done(person: Respondent, choice: dict[str, str]) -> None:
    assert person.client.submit(BASE, **choice).location == SENT
    assert stored() == {}


def test_each_answer_is_kept_as_it_is_given_and_the_last_leads_to_the_confirmation(
    person: Respondent,
) -> None:
    assert person.client.submit(BASE, wanted="yes").location == f"{BASE}/1"
    assert press(person, AGE, answer="old").location == f"{BASE}/2"
    assert stored() == {"age": ("old", None)}
    assert press(person, HEALTH, answer="prefer_not_to_say").location == f"{BASE}/{GROUP}"
    assert press(person, GROUP, answer="hill").location == SENT

    assert stored()["health"] == ("prefer_not_to_say", None)


def test_a_question_that_hangs_on_an_answer_is_asked_after_that_answer_only(person: Respondent) -> None:
    assert press(person, HEALTH, answer="no").location == f"{BASE}/{GROUP}"
    assert person.client.get(f"{BASE}/{EFFECT}").location == f"{BASE}/{GROUP}"
    assert press(person, HEALTH, answer="yes").location == f"{BASE}/{EFFECT}"
    assert press(person, EFFECT, answer="much").location == f"{BASE}/{GROUP}"


def test_an_answer_that_no_longer_applies_goes_when_the_one_before_it_changes(person: Respondent) -> None:
    press(person, HEALTH, answer="yes")
    press(person, EFFECT, answer="much")
    press(person, GROUP, answer="river")
    press(person, RIVER, answer="upper")
    press(person, HEALTH, answer="no")

    assert set(stored()) == {"health", "group", "river"}
    press(person, GROUP, answer="prefer_not_to_say")
    assert set(stored()) == {"health", "group"}


def test_continue_without_an_answer_goes_on_and_takes_none_away(person: Respondent) -> None:
    assert press(person, AGE).location == f"{BASE}/2"
    press(person, AGE, answer="old")
    press(person, AGE)

    assert stored() == {"age": ("old", None)}


def test_pressing_twice_and_going_back_is_one_answer_the_last(person: Respondent) -> None:
    for answer in ("old", "old", "young"):
        press(person, AGE, answer=answer)

    assert stored() == {"age": ("young", None)}
    checked = person.open("/equality/1").select_one("input[checked]")
    assert checked is not None
    assert checked["value"] == "young"


def test_own_words_are_kept_only_beside_the_option_that_opens_them(person: Respondent) -> None:
    press(person, GROUP, answer="river")
    press(person, RIVER, answer="other", text_1="  Estuary\r\nfolk ")
    assert stored()["river"][0] == "other"
    assert "Estuary" in (stored()["river"][1] or "")
    press(person, RIVER, answer="upper", text_1="Estuary")

    assert stored()["river"] == ("upper", None)


def test_what_is_refused_keeps_what_was_typed(person: Respondent) -> None:
    press(person, GROUP, answer="river")
    long = press(person, RIVER, answer="other", text_1="e" * 501)
    invented = press(person, RIVER, answer="invented")

    assert (long.status_code, invented.status_code) == (422, 422)
    assert "Shorten this to 500 characters or fewer" in words(long)
    assert "e" * 501 in long.text
    assert "river" not in stored()


def test_a_question_that_is_switched_off_is_not_asked(person: Respondent) -> None:
    assert not any("Which unused?" in words(person.open(f"/equality/{n}")) for n in (AGE, HEALTH, GROUP))
    assert person.client.get(f"{BASE}/6").location == SENT


def test_an_organisation_and_a_consultation_without_questions_go_straight_to_the_confirmation(
    app: Flask, asking: Consultation
) -> None:
    choir = Respondent(app)
    choir.start("organisation")
    choir.save("about-you", organisation="Milbury Choir", organisation_authority="authorised")
    choir.save("traffic", cars="agree")
    assert choir.send().location == SENT
    assert choir.client.get(BASE).location == SENT
    assert "equality" not in words(choir.open("/sent"))
    with transaction():
        for question in session.scalars(select(Question)):
            question.enabled = question.enabled and question.purpose != "equality"
    resident = Respondent(app)
    resident.start()
    resident.save("traffic", cars="agree")

    assert resident.send().location == SENT


def test_a_draft_is_not_asked(app: Flask, asking: Consultation) -> None:
    person = Respondent(app)
    person.start()

    assert person.client.get(BASE).location == "/c/market-square/reply"
    assert person.client.get(f"{BASE}/1").location == "/c/market-square/reply"


def test_once_answered_a_second_press_of_send_does_not_ask_again(person: Respondent) -> None:
    check = "/c/market-square/reply/check"
    token = person.client.page(BASE).select_one("input[name=csrf_token]")
    assert token is not None
    again: dict[str, Any] = {"csrf_token": token["value"]}
    assert person.client.post(check, data=again).location == BASE
    press(person, AGE, answer="old")

    assert person.client.post(check, data=again).location == SENT


def test_the_confirmation_deletes_them_alone(person: Respondent) -> None:
    assert "Answer the equality questions" in words(person.open("/sent"))
    press(person, AGE, answer="old")
    before = session.scalars(select(Response)).one().version
    assert "You have answered equality questions." in words(person.open("/sent"))
    assert "Old" not in words(person.open("/sent"))
    assert "Your response stays as you sent it." in words(person.open("/equality/delete"))
    assert stored() != {}, "looking at the page that asks deleted them"
    assert person.client.submit(f"{BASE}/delete").location == SENT

    assert stored() == {}
    assert session.scalars(select(Response)).one().version == before
    assert "We have deleted your equality answers." in words(person.open("/sent"))
    assert person.client.get(f"{BASE}/delete").location == SENT


def test_answers_end_with_the_sign_off_and_deleting_does_not(
    person: Respondent, asking: Consultation
) -> None:
    press(person, AGE, answer="old")
    open_page = person.client.page(f"{BASE}/2")
    with transaction():
        session.merge(asking).stage = Stage.SIGNED_OFF
    token = open_page.select_one("input[name=csrf_token]")
    assert token is not None
    late = person.client.post(f"{BASE}/2", data={"csrf_token": token["value"], "answer": "yes"})

    assert late.location == SENT
    assert set(stored()) == {"age"}
    person.client.submit(f"{BASE}/delete")
    assert stored() == {}
