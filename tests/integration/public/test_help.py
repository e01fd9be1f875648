"""Help is in the same place on every page, and says what a person who is stuck can do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.database import transaction
from app.enums import Stage
from app.models import Consultation
from tests.integration.security.requests import cases
from tests.integration.security.world import made_up
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.small_consultation import CONSULTATION, LOADED_AT

HELP = ("Help and contact", "/contact")
VALUES = {"slug": "market-square", "part_key": "traffic", "section_key": "traffic"}
ERRORS = ("400", "403", "404", "413", "500", "503", "resend")


def help_on(page: str) -> tuple[str, str] | None:
    first = BeautifulSoup(page, "html.parser").select_one("footer .app-footer__links li:first-child a")
    return (first.get_text(), str(first["href"])) if first else None


def addresses(app: Flask) -> dict[str, str]:
    found = {}
    with app.test_request_context():
        for case in cases(app, blueprint="public."):
            given = {name: VALUES.get(name, made_up(case.rule, name)) for name in case.rule.arguments}
            if not case.unsafe and (built := case.rule.build(given)):
                found[case.rule.endpoint] = built[1]
    return found


@pytest.mark.parametrize("kind", ["individual", "organisation"])
def test_help_stands_first_in_the_footer_of_every_page_of_the_public(
    app: Flask, small: Consultation, kind: str
) -> None:
    person = Respondent(app)
    person.start(kind, how="letter")
    answers = {
        name: person.client.get(address, follow_redirects=True) for name, address in addresses(app).items()
    }
    pages = {
        name: answer.text
        for name, answer in answers.items()
        if answer.mimetype == "text/html"
        and "attachment" not in answer.headers.get("Content-Disposition", "")
    }

    assert len(pages) > 20
    assert {name for name, page in pages.items() if help_on(page) != HELP} == set()


@pytest.mark.parametrize("page", ERRORS)
def test_help_stands_in_the_same_place_of_every_error_page(
    app: Flask, small: Consultation, page: str
) -> None:
    with app.test_request_context():
        shown = render_template(
            f"errors/{page}.html", words=[], administrator=None, fields=[], action="/", message="Try again"
        )

    assert help_on(shown) == HELP


def test_a_page_without_help_would_be_found() -> None:
    assert (
        help_on("<footer><ul class=app-footer__links><li><a href='/privacy'>Privacy</a></ul></footer>")
        != HELP
    )


def test_the_help_page_says_how_to_reply_otherwise_and_what_to_do_without_a_link(
    client: AuditedClient, small: Consultation
) -> None:
    page = words(client.page("/contact"))

    for said in (
        "01632 960777",
        "square@example.org",
        "Other ways to reply",
        "Call 01632 960777.",
        "large print, easy read or another language",
        "If you have lost your private link",
        "Use the code to continue",
    ):
        assert said in page


def test_whoever_replies_to_another_consultation_finds_its_people_too(
    app: Flask, client: AuditedClient, small: Consultation
) -> None:
    with transaction():
        other: Any = consultation_document(CONSULTATION)
        other["lead_organisation"] |= {"name": "Port Authority", "phone": "01632 960888"}
        load_consultation(other | {"slug": "harbour"}, actor=SYSTEM, now=LOADED_AT, stage=Stage.OPEN)
    page = client.page("/contact")

    assert {link.get_text() for link in page.select("a[href^='tel:']")} == {"01632 960777", "01632 960888"}
    ways = [str(link["href"]) for link in page.select("a[href$='#other-ways']")]
    assert len(ways) == 1
    assert client.page(ways[0].partition("#")[0]).select_one("#other-ways")


def test_who_has_lost_the_code_is_led_to_help(client: AuditedClient, small: Consultation) -> None:
    link = client.page("/continue").select_one("main a[href='/contact#lost-link']")

    assert link is not None
    assert client.page("/contact").select_one("#lost-link") is not None


def test_in_the_last_week_the_pages_count_the_days(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = Respondent(app)
    person.start()
    for day, said in ((20, None), (27, "Closes in 3 days."), (29, "Closes tomorrow at 11:59pm.")):
        clock.set(datetime(2026, 6, day, 12, 0, tzinfo=UTC))
        for page in (words(person.open()), words(person.client.page("/c/market-square"))):
            assert said in page if said else "Closes " not in page


def test_the_accessibility_statement_has_what_the_regulations_ask_for(
    client: AuditedClient, small: Consultation
) -> None:
    page = words(client.page("/accessibility"))

    for said in (
        "partially compliant",
        "What we did not test",
        "reply in another way",
        "We wrote this statement on",
    ):
        assert said in page
    assert "Equality and Human Rights Commission" in page
    assert "square@example.org" in page
