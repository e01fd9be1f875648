"""Mail, the equality questions and the report in the language of the one who reads them."""

from copy import deepcopy

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import SYSTEM
from app.consultations.services.load import load_consultation
from app.database import session, transaction
from app.enums import Role, Stage
from app.models import Consultation, Response
from tests.integration.mail.conftest import rows
from tests.integration.mail.test_asking import a_person, client_of, gives
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.small_consultation import LOADED_AT
from tests.support.welsh import welsh_document

ENGLISH_TOO = "Mae rhannau o’r e-bost hwn yn Saesneg."


@pytest.fixture
def welsh(app: Flask) -> Consultation:
    document = deepcopy(welsh_document())
    document["translations"]["cy"] |= {
        "partner_kinds": {"council": "Cynghorau"},
        "equality": {"text": "Ydych chi am ateb y cwestiynau cydraddoldeb?"},
    }
    with transaction():
        return load_consultation(document, actor=SYSTEM, now=LOADED_AT, stage=Stage.OPEN)


def in_welsh(app: Flask) -> Respondent:
    """Begins in English, and goes on in Welsh."""
    person = a_person(app)
    person.client.get("/c/market-square?lang=cy")
    return person


def test_mail_is_in_the_language_that_the_response_was_sent_in(
    app: Flask, welsh: Consultation, clock: SettableClock
) -> None:
    one, other = in_welsh(app), a_person(app)
    gives(one, "a@x.org", "link", "copy", "report")
    gives(other, "b@x.org", "copy", "report")
    one.send()
    other.send()
    clock.move(days=20)
    editor = client_of(app, Role.REPORT_EDITOR, welsh, clock)
    editor.submit("/officer/c/market-square/report/freeze")
    editor.submit("/officer/c/market-square/report/releases/1/publish")

    link, copy, in_english, *news = rows()
    assert sorted(session.scalars(select(Response.language))) == ["cy", "en-GB"]
    assert link.subject == "Eich dolen i ddod yn ôl: Sgwâr Marchnad Gwell"
    assert link.body.startswith(ENGLISH_TOO)
    assert copy.subject.startswith("Eich ymateb ")
    assert "Eich cyfeirnod yw " in copy.body
    assert "Pam ydych chi’n dweud hynny?" in copy.body
    assert in_english.subject.startswith("Your response ")
    assert "Parts of this email" not in in_english.body
    assert {row.address: row.subject[:6] for row in news} == {"a@x.org": "Mae’r ", "b@x.org": "The re"}


def test_labels_of_the_consultation_are_translated_and_marked_where_they_are_not(
    app: Flask, welsh: Consultation
) -> None:
    person = in_welsh(app)
    front = person.client.page("/c/market-square")
    person.send()
    asked = person.open("/equality")

    assert "Cynghorau" in words(front)
    assert "Local groups" in {span.get_text() for span in front.select("h3 span[lang=en-GB]")}
    assert "Ydych chi am ateb y cwestiynau cydraddoldeb?" in words(asked)
    assert asked.select("label span[lang=en-GB]")


def test_a_published_report_says_which_language_its_words_are_in(
    app: Flask, welsh: Consultation, clock: SettableClock
) -> None:
    person = in_welsh(app)
    person.send()
    clock.move(days=20)
    editor = client_of(app, Role.REPORT_EDITOR, welsh, clock)
    editor.submit("/officer/c/market-square/report/freeze")
    editor.submit("/officer/c/market-square/report/releases/1/publish")

    page = person.client.page("/c/market-square/report")

    assert page.html is not None
    assert page.html["lang"] == "cy"
    assert "Mae’r adroddiad ei hun yn Saesneg." in words(page)
    report = page.select_one("main div[lang=en-GB]")
    assert report is not None
    assert "Who responded" in report.get_text()
    data = person.client.get(f"{person.base}/reply/your-data/copy.html").text
    assert '<html lang="cy">' in data
    assert "<h2>Yr ymateb</h2>" in data
