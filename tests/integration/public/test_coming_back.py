"""A draft is under a private link that continues on any device and survives restarts."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, inspect, text

from app.factory import create_app
from app.models import Consultation
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.settings import settings_for

NOT_KNOWN = "We do not recognise that code. Check it, or ask us for help."


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="My words.")
    return person


def test_the_link_continues_on_another_device(app: Flask, person: Respondent) -> None:
    other = Respondent(app)
    opened = other.client.get(person.link())

    assert (opened.status_code, opened.location) == (303, "/c/market-square/reply")
    assert "My words." in words(other.open("/copy"))
    assert other.link() == person.link()


def test_the_code_continues_on_another_device_however_it_is_typed(app: Flask, person: Respondent) -> None:
    other = Respondent(app)
    typed = person.code().lower().replace("-", " ")
    assert other.client.submit("/continue", code=typed).location == "/c/market-square/reply"

    assert "My words." in words(other.open("/copy"))
    assert other.link() == person.link()


def test_a_wrong_code_is_refused_in_the_same_words_whatever_it_was(app: Flask, person: Respondent) -> None:
    for code in ("KTMC-4927-XQPD", "x", "' OR 1=1"):
        refused = Respondent(app).client.submit("/continue", code=code)
        assert refused.status_code == 422
        assert NOT_KNOWN in words(refused)


def test_codes_cannot_be_guessed_one_after_another(app: Flask, person: Respondent) -> None:
    code, guesser = person.code(), Respondent(app)
    for _ in range(20):
        guesser.client.submit("/continue", code="KTMC-4927-XQPD")
    refused = guesser.client.submit("/continue", code="KTMC-4927-XQPD")

    assert refused.status_code == 429
    assert "Too many tries. Wait 15 minutes" in words(refused)
    # A library has one address for all its readers: what one of them tries does not shut out the others.
    assert guesser.client.submit("/continue", code=code).status_code == 303


def test_a_link_that_is_not_known_says_so(app: Flask, person: Respondent) -> None:
    refused = Respondent(app).client.get("/continue/AAAAAAAAAAAAAAAAAAAAAA")

    assert refused.status_code == 404
    assert "We do not recognise that link." in words(refused)


def test_leaving_the_device_takes_the_response_off_it(app: Flask, person: Respondent) -> None:
    link = person.link()
    person.client.submit("/c/market-square/reply/leave", _from="/c/market-square/reply")
    gone = person.client.get("/c/market-square/reply")

    assert gone.status_code == 403
    assert "We cannot find your response on this device" in words(gone)
    person.client.get(link)
    assert "My words." in words(person.open("/copy"))


def test_a_device_without_a_response_leads_to_help_and_after_closing_to_no_new_one(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    stranger = Respondent(app).client
    before = stranger.get("/c/market-square/reply/outcome")
    clock.set(small.closes_at + timedelta(days=3))
    after = stranger.get("/c/market-square/reply/outcome")

    assert (before.status_code, after.status_code) == (403, 403)
    assert "/contact#lost-link" in before.text
    assert "/reply/start" in before.text
    assert "/reply/start" not in after.text


def test_words_typed_after_leaving_are_shown_and_not_lost(app: Flask, person: Respondent) -> None:
    page = person.open("/traffic")
    token = page.select_one("input[name=csrf_token]")
    assert token is not None
    person.client.submit("/c/market-square/reply/leave", _from="/c/market-square/reply")
    refused = person.client.post(
        "/c/market-square/reply/traffic", data={"csrf_token": token["value"], "q-cars_text": "Typed later."}
    )

    assert refused.status_code == 403
    assert "Typed later." in words(refused)


def test_a_draft_survives_a_restart(
    app: Flask, person: Respondent, database_url: str, tmp_path: Path, clock: SettableClock
) -> None:
    link = person.link()
    again = create_app(settings_for(database_url, tmp_path), clock=clock)
    again.test_client_class = AuditedClient
    other = Respondent(again)
    other.client.get(link)

    assert "My words." in words(other.open("/copy"))
    again.extensions["engine"].dispose()


def test_the_cookie_is_for_this_consultation_and_out_of_reach_of_scripts(
    app: Flask, person: Respondent
) -> None:
    cookie = Respondent(app).client.get(person.link()).headers["Set-Cookie"]

    for part in ("HttpOnly", "SameSite=Lax", "Path=/c/market-square;"):
        assert part in cookie + ";"


def test_the_link_of_one_consultation_opens_no_other(app: Flask, person: Respondent) -> None:
    assert person.client.get("/c/elsewhere/reply").status_code == 404


def test_neither_token_nor_code_stands_in_the_database_or_the_logs(
    app: Flask, small: Consultation, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree")
    person.send()
    token, code = person.link().removeprefix("/continue/"), person.code()
    person.client.get(person.link())
    Respondent(app).client.submit("/continue", code=code)
    stored = everything(engine)

    for secret in (token, code, code.replace("-", "")):
        assert secret not in stored
        assert secret not in caplog.text


def everything(engine: Engine) -> str:
    with engine.connect() as connection:
        tables = [
            name for name in inspect(connection).get_table_names() if not name.startswith("comment_search")
        ]
        rows = (connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables)  # noqa: S608
        return "\n".join(str(row) for table in rows for row in table)


def test_private_pages_are_not_stored_or_indexed(person: Respondent) -> None:
    for address in ("/c/market-square/reply", "/c/market-square/reply/traffic", "/continue"):
        headers = person.client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
