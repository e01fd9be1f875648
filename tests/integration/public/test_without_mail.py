"""Without a mail server: locally administrators see the mail; in production nobody is promised any."""

from dataclasses import replace

from flask import Flask

from app.enums import Role
from app.models import Consultation
from tests.integration.mail.conftest import rows
from tests.integration.mail.test_asking import a_person, client_of, gives
from tests.support.clock import SettableClock
from tests.support.respondent import words


def test_administrators_see_locally_what_would_be_sent(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = a_person(app)
    gives(person, "a@x.org", "copy")
    person.send()
    page = words(client_of(app, Role.ADMINISTRATOR, small, clock).get("/officer/mail"))

    assert "To a@x.org" in page
    assert "Fewer cars. More trees." in page
    assert "sends no email" in words(person.open("/sent"))


def test_in_production_no_email_address_is_asked_for_and_none_taken(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], production=True)
    person = a_person(app)
    page = words(person.open("/publication"))
    gives(person, "a@x.org", "copy")
    person.send()

    assert "email address" not in page
    assert "What is your email address?" not in words(person.client.page("/c/market-square/questions"))
    assert rows() == []
    assert "email" not in words(person.open("/copy"))
