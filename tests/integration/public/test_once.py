"""One press is one response, whatever the double press, the back button, a retry or two tabs do."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app.database import session
from app.enums import RespondentKind
from app.models import AuditEvent, Comment, Consultation, Response, SendToken
from app.responses.services.lock import hold
from tests.support.respondent import Respondent, words

pytestmark = pytest.mark.both_databases

START = "/c/market-square/reply/start"
CHECK = "/c/market-square/reply/check"


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def form_at(person: Respondent, address: str) -> dict[str, str]:
    page = BeautifulSoup(person.client.get(address).text, "html.parser")
    form = next(f for f in page.find_all("form") if f.get("action") == address)
    return {str(i["name"]): str(i.get("value", "")) for i in form.select("input[type=hidden][name]")}


def twins(person: Respondent, app: Flask, how_many: int = 2) -> list[Respondent]:
    """The same browser's other tabs: clients with the same cookies, each usable in a thread of its own."""
    made = []
    for _ in range(how_many):
        twin = Respondent(app)
        twin.client._cookies = dict(person.client._cookies or {})
        made.append(twin)
    return made


def at_once(*presses: Callable[[], TestResponse]) -> list[TestResponse]:
    barrier = Barrier(len(presses))

    def press(one: Callable[[], TestResponse]) -> TestResponse:
        barrier.wait()
        try:
            return one()
        finally:
            session.remove()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(press, presses))


def ready(app: Flask) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Fewer cars.")
    return person


def test_starting_twice_from_one_page_is_one_draft_with_one_link(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    sent = {**form_at(person, START), "kind": "individual"}
    other = twins(person, app, 1)[0]
    person.client.post(START, data=sent)
    other.client.post(START, data=sent)

    assert count(Response) == 1
    assert person.link() == other.link()


def test_two_parallel_starts_from_one_page_are_one_draft(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    sent = {**form_at(person, START), "kind": "individual"}
    tabs = twins(person, app)
    answers = at_once(*(lambda tab=tab: tab.client.post(START, data=sent) for tab in tabs))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(Response) == 1
    assert tabs[0].link() == tabs[1].link()


def test_an_old_start_page_does_not_open_the_draft_of_who_sat_here_before(
    app: Flask, small: Consultation, clock: Any
) -> None:
    person = Respondent(app)
    sent = {**form_at(person, START), "kind": "individual"}
    stranger = twins(person, app, 1)[0]
    person.client.post(START, data=sent)
    person.save("traffic", cars_text="My words.")
    clock.move(minutes=11)
    stranger.client.post(START, data=sent)

    assert count(Response) == 2
    assert "My words." not in words(stranger.open("/copy"))


def test_sending_twice_is_one_response_and_one_reference(app: Flask, small: Consultation) -> None:
    person = ready(app)
    sent = form_at(person, CHECK)
    first, second = person.client.post(CHECK, data=sent), person.client.post(CHECK, data=sent)

    assert first.location == second.location == "/c/market-square/reply/equality"
    assert (count(Response), count(SendToken), count(Comment)) == (1, 1, 1)


def test_two_parallel_posts_are_one_response_with_one_reference(app: Flask, small: Consultation) -> None:
    person = ready(app)
    sent = form_at(person, CHECK)
    tabs = twins(person, app, 4)
    answers = at_once(*(lambda tab=tab: tab.client.post(CHECK, data=sent) for tab in tabs))

    assert {(a.status_code, a.location) for a in answers} == {(303, "/c/market-square/reply/equality")}
    assert (count(Response), count(SendToken), count(Comment)) == (1, 1, 1)
    assert len({tab.reference() for tab in tabs}) == 1
    sends = select(func.count()).where(AuditEvent.action == "sent")
    assert session.scalar(sends) == 1


def test_a_reload_or_the_back_button_after_sending_shows_the_confirmation(
    app: Flask, small: Consultation
) -> None:
    person = ready(app)
    person.send()

    for page in ("", "/check", "/traffic", "/start"):
        assert person.client.get(f"/c/market-square/reply{page}").location == "/c/market-square/reply/sent"


def test_a_page_sent_again_after_sending_changes_nothing_and_shows_the_words(
    app: Flask, small: Consultation
) -> None:
    person = ready(app)
    late = form_at(person, "/c/market-square/reply/traffic")
    person.send()
    refused = person.client.post(
        "/c/market-square/reply/traffic", data={**late, "q-cars": "disagree", "q-cars_text": "Other words."}
    )

    assert refused.status_code == 409
    assert "You have already sent this response" in words(refused)
    assert "Other words." in words(refused)
    assert session.scalars(select(Comment.text)).all() == ["Fewer cars."]
    assert "Fewer cars." in words(person.open("/copy"))


def test_two_tabs_on_two_parts_keep_each_others_answers(app: Flask, small: Consultation) -> None:
    person = ready(app)
    one, two = twins(person, app)
    traffic, market = "/c/market-square/reply/traffic", "/c/market-square/reply/market"
    first, second = form_at(one, traffic), form_at(two, market)
    at_once(
        lambda: one.client.post(traffic, data={**first, "q-cars_text": "Fewer cars. Trees."}),
        lambda: two.client.post(market, data={**second, "q-stalls": "food"}),
    )
    page = words(person.open())

    assert "1 Traffic in the square Completed" in page
    assert "2 The market Completed" in page


def test_who_replies_is_judged_as_it_stands_when_the_response_is_held(
    app: Flask, small: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another device makes it an organisation's between the opening of the request and the lock."""
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="My words.")

    def changed_meanwhile(response_id: uuid.UUID) -> Response:
        session.execute(update(Response).values(kind=RespondentKind.ORGANISATION))
        return hold(response_id)

    monkeypatch.setattr("app.responses.services.send.hold", changed_meanwhile)

    assert person.send().status_code == 422
    assert session.scalars(select(Response)).one().sent_at is None
