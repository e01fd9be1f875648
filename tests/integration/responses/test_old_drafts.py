"""The privacy page says that a draft goes 30 days after its last change: it does, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.queries.audit import Asked, audit_page
from app.cli.retention import delete_what_is_old
from app.database import session
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
from app.responses.services.delete_draft import PERSONAL
from app.worker import Worker
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
GOES = CLOSES - timedelta(hours=1) + timedelta(days=30)  # the fixtures write an hour before closing
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
    entries = audit_page(Asked(consultation_id=small.id, thing="drafts")).entries
    assert [entry.sentence for entry in entries] == [
        "The system deleted 1 draft that had not been sent, 30 days after the last change"
    ]
    assert delete_what_is_old(now=GOES) == 0
    assert rows(RetentionRun) == 1


def test_each_change_gives_a_draft_30_days_more_and_its_page_says_until_when(
    draft: Respondent, clock: SettableClock
) -> None:
    clock.set(CLOSES - SECOND)
    assert "If you do not send it, we will delete it on 30 July 2026." in words(draft.open())
    draft.save("traffic", cars="agree", cars_text="A word more.")

    assert delete_what_is_old(now=GOES) == 0
    assert delete_what_is_old(now=CLOSES - SECOND + timedelta(days=30)) == 1


def test_a_draft_that_nobody_touched_since_the_start_goes_too(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    """Also while the consultation is open."""
    Respondent(app).start()

    assert delete_what_is_old(now=clock.now() + timedelta(days=30) - SECOND) == 0
    assert delete_what_is_old(now=clock.now() + timedelta(days=30)) == 1
    assert rows(Response) == 0


def test_a_change_that_was_not_sent_goes_and_what_was_sent_stays(
    sent: Respondent, clock: SettableClock
) -> None:
    sent.client.submit("/c/market-square/reply/change", _from="/c/market-square/reply/sent")
    sent.save("traffic", cars="agree", cars_text="Changed.")
    clock.set(GOES)
    assert "We will delete it on 30 July 2026." in words(sent.open())

    assert delete_what_is_old(now=GOES) == 1
    assert (rows(ResponseVersion), rows(PrivateToken), rows(Contact)) == (1, 1, 1)
    assert "Sent." in words(sent.open("/copy"))
    assert "did not send" not in words(sent.open("/sent"))


def test_every_table_that_hangs_on_a_response_is_known_to_the_deletion() -> None:
    """A new one goes with drafts and with a withdrawal (PERSONAL), or has none of a draft (below)."""
    only_of_sent = {
        "comment", "exclusion", "petition", "attachment", "send_token", "respondent_request", "cleaning_item",
    }  # fmt: skip
    deleted = {"response_version", "private_token", *(table.__tablename__ for table in PERSONAL)}
    hanging = {
        name
        for name, table in Response.metadata.tables.items()
        for key in table.foreign_keys
        if key.column.table is Response.__table__
    }

    assert hanging - only_of_sent == deleted


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


def test_a_page_saved_in_the_moment_of_the_start_is_dated_by_the_same_clock(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="Words.")

    assert session.scalars(select(ResponseVersion.updated_at)).one() == clock.now()
