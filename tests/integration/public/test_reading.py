"""What anyone can read without replying: the list, the consultation, its draft and its questions."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.database import session, transaction
from app.enums import Stage
from app.models import Consultation
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.small_consultation import CONSULTATION, LOADED_AT, small_consultation

HOME = "/c/market-square"


def test_with_no_consultation_the_list_says_so(client: AuditedClient) -> None:
    assert "There are no consultations open at the moment." in words(client.page("/"))


def test_an_open_consultation_is_listed_with_its_closing_time(
    client: AuditedClient, small: Consultation
) -> None:
    page = words(client.page("/"))

    assert "Open now A Better Market Square" in page
    assert "Closes 11:59pm, Tuesday 30 June 2026" in page


@pytest.mark.parametrize(
    ("stage", "status"), [(Stage.DRAFT, 404), (Stage.TESTING, 200), (Stage.OPEN, 200), (Stage.CLOSED, 200)]
)
def test_a_draft_consultation_is_not_found_and_one_in_test_is_open_by_its_address(
    client: AuditedClient, app: Flask, stage: Stage, status: int
) -> None:
    with transaction():
        small_consultation(stage=stage)
    session.remove()

    assert client.get(HOME).status_code == status
    listed = "A Better Market Square" in words(client.page("/"))
    assert listed == (stage in (Stage.OPEN, Stage.CLOSED))


def test_the_consultation_says_what_who_and_until_when(client: AuditedClient, small: Consultation) -> None:
    page = words(client.page(HOME))

    for said in (
        "Open until 11:59pm, Tuesday 30 June 2026",
        "It is not a vote.",
        "Traffic in the square",
        "Start your response",
        "Continue a response you started",
        "Call 01632 960777.",
        "Milbury Town Council",
    ):
        assert said in page


def test_after_closing_there_is_no_button_and_what_happens_next(
    client: AuditedClient, small: Consultation, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    page = words(client.page(HOME))

    assert "Start your response" not in page
    assert "What happens next" in page
    assert "Closed: being analysed" in words(client.page("/"))


def test_a_section_of_the_draft_has_an_anchor_for_each_passage(
    client: AuditedClient, small: Consultation
) -> None:
    page = client.page(f"{HOME}/draft/traffic")

    assert [tag["id"] for tag in page.select("[id^=traffic-]")] == [
        "traffic-close", "traffic-meaning", "traffic-unknown",
    ]  # fmt: skip
    assert "Version 1, 20 May 2026" in words(page)
    assert client.get(f"{HOME}/draft/nowhere").status_code == 404


def test_from_a_section_one_starts_and_comes_to_its_questions(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    asked = person.client.get(f"{HOME}/reply/traffic")
    assert asked.location == f"{HOME}/reply/start?then=traffic"
    begun = person.client.submit(f"{HOME}/reply/start", _from=asked.location, kind="individual")

    assert begun.location == f"{HOME}/reply/traffic"


def test_nobody_is_led_elsewhere_by_where_they_come_from(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    begun = person.client.submit(
        f"{HOME}/reply/start", _from=f"{HOME}/reply/start?then=//evil.example", kind="individual"
    )

    assert begun.location == f"{HOME}/reply"


def test_all_questions_are_there_to_print(client: AuditedClient, small: Consultation) -> None:
    page = words(client.page(f"{HOME}/questions"))

    for number in ("1.", "2a.", "3.", "4a.", "4b.", "5a.", "6a."):
        assert number in page
    assert "What is the name of your organisation?" in page


@pytest.mark.parametrize("page", ["/privacy", "/cookies", "/accessibility", "/contact", "/continue"])
def test_the_pages_at_the_foot_open_with_and_without_a_consultation(
    client: AuditedClient, app: Flask, page: str
) -> None:
    client.page(page)
    with transaction():
        small_consultation()

    client.page(page)


def test_the_pages_of_the_sample_say_that_nobody_real_speaks(client: AuditedClient, app: Flask) -> None:
    with transaction():
        small_consultation(is_sample=True)

    for page in (HOME, f"{HOME}/draft", f"{HOME}/questions", f"{HOME}/reply/start"):
        assert "Written examples. No real person speaks here." in words(client.page(page))


def test_a_consultation_that_is_not_there_is_not_found(client: AuditedClient, small: Consultation) -> None:
    for page in ("", "/draft", "/questions", "/reply", "/reply/start", "/reply/check"):
        assert client.get(f"/c/nowhere{page}").status_code == 404


def test_pages_say_by_when_to_expect_the_report_until_that_day_has_passed(
    app: Flask, client: AuditedClient, clock: SettableClock
) -> None:
    with transaction():
        file: Any = consultation_document(CONSULTATION)
        file["schedule"] |= {"report_within_weeks": 12}
        load_consultation(file, actor=SYSTEM, now=LOADED_AT, stage=Stage.OPEN)
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="Fewer cars.")
    person.send()
    session.remove()
    expected = "22 September 2026"

    assert expected in words(client.page(HOME))
    assert expected in words(person.open("/sent"))
    clock.set(datetime(2026, 7, 2, 9, 0, tzinfo=UTC))
    for page in (client.page(HOME), client.page(f"{HOME}/report"), person.open("/outcome")):
        assert expected in words(page)
    clock.set(datetime(2026, 9, 23, 9, 0, tzinfo=UTC))
    for page in (client.page(HOME), client.page(f"{HOME}/report"), person.open("/outcome")):
        assert expected not in words(page)
