"""What a person said to the equality questions is on no page of an officer, in no log and in no copy."""

import json
import logging

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session, transaction
from app.enums import Role
from app.models import AuditEvent, Comment, Consultation, Response
from tests.factories.officer import a_role, an_officer
from tests.integration.equality.conftest import PREFER_NOT, QUESTIONS
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

PLANTED = "ESTUARYFOLK"
OFFICER = "/officer/c/market-square"
BASE = "/c/market-square/reply/equality"


@pytest.fixture
def answered(person: Respondent) -> Respondent:
    person.client.submit(f"{BASE}/4", answer="river")
    person.client.submit(f"{BASE}/5", answer="other", text_1=PLANTED)
    return person


@pytest.fixture
def lead(app: Flask, asking: Consultation, clock: SettableClock) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    with transaction():
        officer = an_officer()
        for role in Role:
            a_role(officer, role, consultation=None if role is Role.ADMINISTRATOR else asking)
    sign_in(client, officer, at=clock.now())
    return client


def pages_of_officers() -> list[str]:
    response, comment = session.scalars(select(Response)).one(), session.scalars(select(Comment)).one()
    names = (
        "responses",
        "comments",
        "frame",
        "report",
        "report/freeze",
        "runs",
        "changes",
        "people",
        "audit",
    )
    return [
        OFFICER,
        *(f"{OFFICER}/{name}" for name in names),
        f"{OFFICER}/responses/{response.reference}",
        f"{OFFICER}/comments/{comment.id}",
    ]


def test_no_page_of_an_officer_shows_an_answer(answered: Respondent, lead: AuditedClient) -> None:
    for address in pages_of_officers():
        page = lead.get(address)
        assert page.status_code == 200
        assert PLANTED not in page.text, address
        for question in QUESTIONS:
            assert question["text"] not in page.text, f"{address}: {question['text']}"


def test_no_search_finds_an_answer(answered: Respondent, lead: AuditedClient) -> None:
    for page in ("responses", "comments"):
        assert "0 " + page in words(lead.page(f"{OFFICER}/{page}?q={PLANTED}"))


def test_neither_copy_nor_confirmation_shows_an_answer(answered: Respondent) -> None:
    for page in ("/copy", "/sent", "/equality"):
        shown = answered.open(page).get_text()
        assert PLANTED not in shown
        assert "River" not in shown
        assert PREFER_NOT["label"] not in shown


def test_the_audit_log_does_not_know_who_answered(answered: Respondent) -> None:
    answered.client.submit(f"{BASE}/delete")
    session.rollback()
    events = session.scalars(select(AuditEvent)).all()

    assert {(event.subject_kind, event.action) for event in events} == {
        ("consultation", "loaded"),
        ("response", "started"),
        ("response", "sent"),
    }
    assert PLANTED not in json.dumps([event.details for event in events])


def test_no_log_line_holds_an_answer(person: Respondent, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        person.client.submit(f"{BASE}/4", answer="river")
        person.client.submit(f"{BASE}/5", answer="other", text_1=PLANTED)

    assert PLANTED not in caplog.text
