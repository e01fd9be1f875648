"""The private link once more by email: for who asked for it, and the same answer to everybody."""

from dataclasses import replace
from time import monotonic

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.enums import MailKind
from app.mail.postman import Postman
from app.models import Consultation
from app.public.routes import link_again
from app.responses.services.mail import AGAIN_A_DAY
from tests.integration.mail.conftest import PUBLIC_URL, rows
from tests.integration.mail.test_asking import a_person, gives
from tests.support.clock import SettableClock
from tests.support.mail_server import Inbox, words_of
from tests.support.respondent import Respondent, words

AGAIN = "/continue/again"


def asks(app: Flask, email: str) -> TestResponse:
    return Respondent(app).client.submit(AGAIN, email=email)


def sent_again() -> list[str]:
    return [row.address for row in rows() if row.kind == MailKind.LINK_AGAIN]


def test_who_asked_for_the_link_gets_it_again_and_it_opens_the_response(
    app: Flask, small: Consultation, inbox: Inbox, postman: Postman
) -> None:
    person = a_person(app)
    gives(person, "Jo.Bloggs@x.org", "link")
    postman.deliver_all()
    inbox.taken.clear()
    answer = asks(app, " jo.bloggs@X.ORG ")
    postman.deliver_all()

    assert (answer.status_code, answer.location) == (303, f"{AGAIN}/asked")
    [mail] = inbox.taken
    assert mail["To"] == "Jo.Bloggs@x.org"
    assert f"{PUBLIC_URL}{person.link()}" in words_of(mail)
    assert person.code() in words_of(mail)
    other = Respondent(app)
    other.client.get(person.link())
    assert "Fewer cars." in words(other.open("/copy"))


def test_a_sent_response_and_each_of_several_has_its_link_sent(app: Flask, small: Consultation) -> None:
    for _ in range(2):
        person = a_person(app)
        gives(person, "a@x.org", "link", "copy")
        person.send()
    asks(app, "a@x.org")

    assert sent_again() == ["a@x.org"] * 2


def test_who_gave_an_address_for_something_else_is_not_sent_a_link(app: Flask, small: Consultation) -> None:
    person = a_person(app)
    gives(person, "a@x.org", "copy", "report")
    asks(app, "a@x.org")

    assert sent_again() == []


def test_a_withdrawn_response_has_no_link_to_send(app: Flask, small: Consultation) -> None:
    person = a_person(app)
    gives(person, "a@x.org", "link")
    person.send()
    person.client.submit("/c/market-square/reply/withdraw")
    asks(app, "a@x.org")

    assert sent_again() == []


def test_nobody_can_find_out_who_has_replied(app: Flask, small: Consultation) -> None:
    gives(a_person(app), "a@x.org", "link")
    gives(a_person(app), "copy@x.org", "copy")
    answers = {(asked.status_code, asked.location, asked.text) for asked in map(
        lambda email: asks(app, email), ("a@x.org", "copy@x.org", "nobody@x.org")
    )}  # fmt: skip

    assert len(answers) == 1
    page = words(Respondent(app).client.get(f"{AGAIN}/asked"))
    assert "We say the same about every address" in page


def test_an_address_with_a_slip_is_shown_again_with_what_to_mend(app: Flask, small: Consultation) -> None:
    for typed, message in (
        ("a.x.org", "Enter an email address in the correct format"),
        ("", "Enter your email"),
    ):
        refused = asks(app, typed)
        assert refused.status_code == 422
        assert message in words(refused)
        assert f'value="{typed}"' in refused.text or not typed


def test_somebody_else_cannot_have_an_address_flooded(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    gives(a_person(app), "a@x.org", "link")
    for _ in range(10):
        asks(app, "a@x.org")
        clock.move(minutes=20)
    assert len(sent_again()) == AGAIN_A_DAY

    clock.move(days=1)
    asks(app, "a@x.org")
    assert len(sent_again()) == AGAIN_A_DAY + 1


def test_pressed_twice_it_is_one_mail(app: Flask, small: Consultation) -> None:
    gives(a_person(app), "a@x.org", "link")
    asks(app, "a@x.org")
    asks(app, "a@x.org")

    assert sent_again() == ["a@x.org"]


def test_tries_are_limited_for_known_and_unknown_addresses_alike(app: Flask, small: Consultation) -> None:
    gives(a_person(app), "a@x.org", "link")
    known = [asks(app, "a@x.org").status_code for _ in range(6)]
    unknown = [asks(app, "nobody@x.org").status_code for _ in range(6)]

    assert known == unknown == [303] * 5 + [429]


def test_nobody_is_shut_out_for_what_others_at_the_same_network_asked(
    app: Flask, small: Consultation
) -> None:
    gives(a_person(app), "a@x.org", "link")
    for number in range(30):
        asks(app, f"{number}@x.org")

    assert asks(app, "a@x.org").status_code == 303
    assert sent_again() == ["a@x.org"]


def test_those_who_ask_leave_room_for_those_who_reply(app: Flask, small: Consultation) -> None:
    with link_again._answering, link_again._answering:
        busy = asks(app, "a@x.org")
        assert Respondent(app).client.get("/c/market-square").status_code == 200

    assert busy.status_code == 503
    assert "Many people are asking for their link" in words(busy)
    assert 'value="a@x.org"' in busy.text
    assert asks(app, "a@x.org").status_code == 303


def test_where_no_mail_is_sent_none_is_promised(app: Flask, small: Consultation) -> None:
    visitor = Respondent(app).client
    assert AGAIN in visitor.get("/continue").text
    app.extensions["settings"] = replace(app.extensions["settings"], mail=None, production=True)

    assert AGAIN not in visitor.get("/continue").text
    assert AGAIN not in visitor.get("/contact").text
    assert visitor.get(AGAIN).status_code == 404


def test_a_known_address_is_answered_no_later_than_an_unknown_one(
    app: Flask, small: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_again, "SAME_SECONDS", 0.8)
    for _ in range(3):
        gives(a_person(app), "a@x.org", "link")
    took = {}
    for email in ("a@x.org", "nobody@x.org"):
        begun = monotonic()
        asks(app, email)
        took[email] = monotonic() - begun

    assert len(sent_again()) == 3
    assert min(took.values()) >= 0.8
