"""What colleagues wrote goes with the draft, or 30 days after the reply was sent, as their page says."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cli.retention import delete_what_is_old
from app.database import session
from app.models import AuditEvent, Contribution, Contributor, Invitation
from app.models import Consultation as ConsultationRow
from tests.support.clock import SettableClock
from tests.support.colleague import Colleague, decide, invitation, invite
from tests.support.respondent import Respondent, words

CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
BEGUN = CLOSES - timedelta(days=2)
SECOND = timedelta(seconds=1)


def left() -> list[int]:
    tables = (Invitation, Contributor, Contribution)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.fixture
def lead(app: Flask, small: ConsultationRow, clock: SettableClock) -> Respondent:
    clock.set(BEGUN)
    lead = Respondent(app)
    lead.start("organisation", how="questions")
    lead.save("about-you", organisation="Milbury Traders", organisation_authority="authorised")
    invite(lead)
    return lead


@pytest.fixture
def colleague(app: Flask, lead: Respondent) -> Colleague:
    colleague = Colleague(app, invitation(lead)[0])
    colleague.write("traffic", name="Anna", cars_text="Vans need the north side.")
    return colleague


def test_they_go_30_days_after_sending_and_the_answer_stays(
    lead: Respondent, colleague: Colleague, clock: SettableClock
) -> None:
    decide(lead, "Vans need the north side.")
    lead.send()
    assert "We delete it on 28 July 2026." in words(colleague.open())
    delete_what_is_old(now=BEGUN + timedelta(days=30))
    assert left() == [1, 1, 1]

    delete_what_is_old(now=BEGUN + timedelta(days=30) + SECOND)

    assert left() == [0, 0, 0]
    assert "Vans need the north side." in words(lead.open("/copy"))
    assert colleague.client.get("/contribute/parts").location == "/contribute"
    deleted = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "contributions")).one()
    assert deleted.details == {"responses": 1}


def test_they_go_with_a_draft_that_was_never_sent(lead: Respondent, colleague: Colleague) -> None:
    goes = BEGUN + timedelta(days=30)
    delete_what_is_old(now=goes - SECOND)
    assert left() == [1, 1, 1]

    assert delete_what_is_old(now=goes) == 1

    assert left() == [0, 0, 0]
