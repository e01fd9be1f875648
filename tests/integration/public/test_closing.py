"""Opening and closing are judged to the second, by the application's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.database import session, transaction
from app.models import Consultation, Exclusion, Response
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

OPENS = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=30)


@pytest.fixture
def person(app: Flask, small: Consultation, clock: SettableClock) -> Respondent:
    clock.set(CLOSES - timedelta(hours=1))
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="My words.")
    return person


def starts(app: Flask) -> bool:
    return Respondent(app).client.get("/c/market-square/reply/start").status_code == 200


def test_it_opens_at_the_second(app: Flask, small: Consultation, clock: SettableClock) -> None:
    clock.set(OPENS - SECOND)
    page = words(Respondent(app).client.page("/c/market-square"))
    assert not starts(app)
    assert "Opens at midnight, Monday 1 June 2026" in page
    assert "Start your response" not in page
    clock.set(OPENS)

    assert starts(app)


def test_nobody_starts_from_the_closing_second_on(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = Respondent(app)
    clock.set(CLOSES - SECOND)
    assert starts(app)
    page = person.client.page("/c/market-square/reply/start")
    hidden = {str(i["name"]): str(i["value"]) for i in page.select("form input[type=hidden]")}
    clock.set(CLOSES)
    late = person.client.post("/c/market-square/reply/start", data={**hidden, "kind": "individual"})

    assert not starts(app)
    assert late.location == "/c/market-square"
    assert session.scalar(select(func.count()).select_from(Response)) == 0
    assert "This consultation closed at 11:59pm, Tuesday 30 June 2026" in words(
        person.client.page("/c/market-square")
    )


def test_on_the_last_day_the_task_list_says_so(person: Respondent) -> None:
    assert "Closes tonight at 11:59pm." in words(person.open())


def test_a_consultation_that_closes_in_the_afternoon_does_not_close_tonight(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    clock.set(CLOSES - timedelta(hours=9))
    with transaction():
        session.get_one(Consultation, small.id).closes_at = CLOSES.replace(hour=16)

    assert "Closes today at 5:59pm." in words(person.open())


def test_the_confirmation_does_not_say_open_once_it_is_closed(
    person: Respondent, clock: SettableClock
) -> None:
    person.send()
    assert "The consultation is open until 11:59pm" in words(person.open("/sent"))
    clock.set(CLOSES)
    page = words(person.open("/sent"))

    assert "The consultation closed at 11:59pm" in page
    assert "Anyone with this link or code can read your response." in page


def test_a_draft_begun_before_can_be_sent_in_the_grace_and_is_not_late(
    person: Respondent, clock: SettableClock
) -> None:
    clock.set(CLOSES + GRACE - SECOND)
    page = words(person.open())
    assert "Because you had started, you can still send until 12:29am." in page
    assert person.save("market", stalls="food").status_code == 303
    assert person.send().location == "/c/market-square/reply/equality"
    sent = session.scalars(select(Response)).one()

    assert not sent.late
    assert session.scalars(select(Exclusion)).all() == []


def test_after_the_grace_nothing_is_taken_and_the_words_are_shown(
    person: Respondent, clock: SettableClock
) -> None:
    page = person.open("/traffic")
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}
    clock.set(CLOSES + GRACE)
    refused = person.client.post(
        "/c/market-square/reply/traffic", data={**hidden, "q-cars_text": "Typed too late."}
    )
    sent = person.client.post("/c/market-square/reply/check", data=hidden)

    assert (refused.status_code, sent.status_code) == (409, 409)
    assert "This consultation has closed" in words(refused)
    assert "Typed too late." in words(refused)
    assert "My words." in words(refused)
    assert "We will delete it on 30 July 2026." in words(refused)
    assert session.scalars(select(Response)).one().sent_at is None


def test_who_has_sent_still_sees_the_confirmation_after_closing(
    person: Respondent, clock: SettableClock
) -> None:
    page = person.open("/check")
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}
    person.send()
    clock.set(CLOSES + GRACE + timedelta(days=3))
    again = person.client.post("/c/market-square/reply/check", data=hidden)

    assert "Response sent" in words(person.open("/sent"))
    assert again.location == "/c/market-square/reply/equality"
