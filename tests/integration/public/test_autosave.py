"""A page that saves itself: the same form by the same route, answered in brief."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session
from app.enums import PartState
from app.models import Consultation, ResponseVersion
from tests.integration.public.test_conflict import hidden, text_now
from tests.support.respondent import Respondent, words

TRAFFIC, LETTER = "/c/market-square/reply/traffic", "/c/market-square/reply/letter"


def autosave(person: Respondent, address: str, page: dict[str, str], **typed: str) -> TestResponse:
    data = {**page, **{name.replace("_", "-", 1): value for name, value in typed.items()}}
    return person.client.post(address, data=data, headers={"X-Autosave": "1"})


def answer(said: TestResponse) -> dict[str, Any]:
    assert said.mimetype == "application/json", said.text
    given = said.json
    assert isinstance(given, dict)
    return given


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    return person


def test_it_says_when_and_what_the_next_save_has_seen(person: Respondent) -> None:
    page = hidden(person, TRAFFIC)
    first = autosave(person, TRAFFIC, page, q_cars_text="The last bus.")
    said = answer(first)
    shortened = autosave(person, TRAFFIC, {**page, "seen": said["seen"]}, q_cars_text="The bus.")

    assert first.status_code == 200
    assert said["said"].startswith("Saved at ")
    assert shortened.status_code == 200
    assert text_now(person) == "The bus."


def test_the_part_is_in_progress_as_when_one_comes_back_later(person: Respondent) -> None:
    autosave(person, TRAFFIC, hidden(person, TRAFFIC), q_cars_text="The last bus.")
    session.rollback()
    version = session.scalars(select(ResponseVersion)).one()

    assert version.parts["traffic"] == PartState.IN_PROGRESS


def test_words_of_another_device_are_told_and_kept(app: Flask, person: Respondent) -> None:
    other = Respondent(app)
    other.client.get(person.link())
    page = hidden(person, TRAFFIC)
    other.save("traffic", cars_text="From the phone.")
    refused = autosave(person, TRAFFIC, page, q_cars_text="From the desk.")

    assert refused.status_code == 422
    assert "changed on another device" in answer(refused)["said"]
    assert text_now(person) == "From the phone."


def test_what_cannot_be_saved_points_to_the_button(person: Respondent) -> None:
    refused = autosave(person, TRAFFIC, hidden(person, TRAFFIC), q_cars_text="x" * 100_001)

    assert refused.status_code == 422
    assert "Press “Save and continue”" in answer(refused)["said"]
    assert text_now(person) == ""


def test_a_reply_that_was_sent_meanwhile_says_so_in_its_heading(person: Respondent) -> None:
    page = hidden(person, TRAFFIC)
    person.save("traffic", cars="agree")
    person.send()
    refused = autosave(person, TRAFFIC, page, q_cars_text="One more thing.")

    assert refused.status_code == 409
    assert "You have already sent this response" in words(refused)


def test_without_a_token_nothing_is_saved(person: Respondent) -> None:
    refused = autosave(person, TRAFFIC, {"seen": "cars_text:0"}, q_cars_text="The last bus.")

    assert refused.status_code == 400
    assert text_now(person) == ""


def test_a_letter_saves_itself_in_the_same_way(app: Flask, small: Consultation) -> None:
    clerk = Respondent(app)
    clerk.start("organisation", how="letter")
    page = hidden(clerk, LETTER)
    first = answer(autosave(clerk, LETTER, page, letter="Dear all, we."))
    second = autosave(clerk, LETTER, {**page, "seen": first["seen"]}, letter="Dear all.")
    stale = autosave(clerk, LETTER, page, letter="Something else.")

    assert second.status_code == 200
    assert stale.status_code == 422
    area = clerk.open("/letter").select_one("textarea")
    assert area is not None
    assert area.get_text().strip() == "Dear all."


def test_a_page_that_asks_for_an_address_waits_for_its_button(person: Respondent) -> None:
    assert person.open("/publication").select_one("form[data-autosave]") is None
    assert person.open("/traffic").select_one("form[data-autosave]") is not None


def test_a_few_words_are_shown_as_well_when_a_page_was_open_a_long_time(person: Respondent) -> None:
    typed = {"seen": "cars_text:0 other:0", "q-cars": "agree", "q-cars_text": "Two words."}
    refused = person.client.post(TRAFFIC, data=typed)

    assert refused.status_code == 400
    assert "Two words." in words(refused)
    assert "cars_text:0" not in words(refused)
