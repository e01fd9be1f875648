"""The privacy page says that a draft goes 30 days after closing: it does, and nothing else goes with it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.queries.audit import Asked, audit_page
from app.cli.retention import delete_what_is_old
from app.database import session, transaction
from app.enums import Stage
from app.factory import HANDLERS
from app.jobs.lease import Terms
from app.jobs.runner import Runner
from app.models import (
    AnswerChoice,
    AuditEvent,
    Comment,
    Consultation,
    Contact,
    PrivateToken,
    Response,
    ResponseVersion,
    RetentionRun,
)
from app.responses.services import delete_old_drafts as service
from app.worker import Worker
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
GOES = CLOSES + timedelta(minutes=30, days=30)
SECOND = timedelta(seconds=1)


def rows(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def draft(app: Flask, small: Consultation, clock: SettableClock) -> Respondent:
    clock.set(CLOSES - timedelta(hours=1))
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Never sent.")
    person.save("publication", email="a@example.org", email_uses="report")
    return person


@pytest.fixture
def sent(app: Flask, small: Consultation, clock: SettableClock) -> Respondent:
    clock.set(CLOSES - timedelta(hours=1))
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Sent.")
    person.save("publication", email="b@example.org", email_uses="report")
    person.send()
    return person


def test_a_draft_goes_whole_after_30_days_and_what_was_sent_stays(
    draft: Respondent, sent: Respondent, clock: SettableClock
) -> None:
    assert delete_what_is_old(now=GOES - SECOND) == 0
    assert delete_what_is_old(now=GOES) == 1

    assert [response.sent_at is None for response in session.scalars(select(Response))] == [False]
    assert (rows(ResponseVersion), rows(PrivateToken), rows(Contact), rows(Comment)) == (1, 1, 1, 1)
    assert rows(AnswerChoice) == 1
    clock.set(GOES)
    assert draft.client.get("/c/market-square/reply").status_code == 403
    assert "Response sent" in words(sent.open("/sent"))


def test_the_deletion_is_on_record_without_saying_whose(draft: Respondent, small: Consultation) -> None:
    delete_what_is_old(now=GOES)
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "drafts")).one()
    run = session.scalars(select(RetentionRun)).one()

    assert (event.actor, event.details, event.consultation_id) == ("system", {"drafts": 1}, small.id)
    assert run.figures == {"consultation": small.slug, "drafts": 1}
    entries = audit_page(Asked(consultation_id=small.id, thing="drafts"), number=1).entries
    assert [entry.sentence for entry in entries] == [
        "The system deleted 1 draft that had not been sent, 30 days after closing"
    ]
    assert delete_what_is_old(now=GOES) == 0
    assert rows(RetentionRun) == 1


@pytest.mark.parametrize("columns", [{"closes_at": CLOSES + timedelta(days=40)}, {"stage": Stage.TESTING}])
def test_a_consultation_that_takes_replies_again_keeps_its_drafts(
    draft: Respondent, small: Consultation, columns: dict[str, object]
) -> None:
    """The dates as they are now decide, not those of the day on which the draft was begun."""
    with transaction():
        consultation = session.get_one(Consultation, small.id)
        for name, value in columns.items():
            setattr(consultation, name, value)

    assert delete_what_is_old(now=GOES) == 0
    assert rows(Response) == 1


def test_after_closing_early_the_page_and_the_deletion_follow_the_new_date(
    draft: Respondent, small: Consultation, clock: SettableClock
) -> None:
    with transaction():
        session.get_one(Consultation, small.id).closes_at = CLOSES - timedelta(days=10)
    clock.set(CLOSES)

    assert "We will delete it on 21 July 2026." in words(draft.open())
    assert delete_what_is_old(now=GOES - timedelta(days=10)) == 1


def test_many_go_in_short_transactions(
    app: Flask, draft: Respondent, sent: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        Respondent(app).start()
    monkeypatch.setattr(service, "AT_ONCE", 2)

    assert delete_what_is_old(now=GOES) == 5
    runs = session.scalars(select(RetentionRun).order_by(RetentionRun.id))
    assert [run.figures["drafts"] for run in runs] == [2, 2, 1]


def test_the_worker_does_it_when_it_starts_and_then_leaves_it_for_an_hour(
    app: Flask, draft: Respondent, clock: SettableClock
) -> None:
    terms = Terms(lease_seconds=2, heartbeat_seconds=0.3, attempts=5)
    worker = Worker(app, Runner(HANDLERS, terms=terms, clock=clock))
    clock.set(GOES - SECOND)
    worker.tidy()
    assert rows(Response) == 1
    clock.set(GOES)
    worker.tidy()
    assert rows(Response) == 1
    Worker(app, Runner(HANDLERS, terms=terms, clock=clock)).tidy()

    assert rows(Response) == 0
