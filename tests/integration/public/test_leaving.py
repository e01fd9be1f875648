"""Withdrawing, deleting a draft, asking for a draft to be taken late: what goes, what stays, what counts."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import SYSTEM
from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.database import session, transaction
from app.enums import ExclusionReason, ResponseStatus, Stage
from app.models import Answer, AuditEvent, Consultation, Contact, Exclusion, Response, ResponseVersion
from app.responses.services.exclude import exclude
from tests.integration.public.test_once import at_once, count, form_at, twins
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

BASE = "/c/market-square/reply"
CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=30)


def ready(app: Flask) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Fewer cars.")
    person.save("publication", email="someone@example.org", email_uses="report")
    return person


@pytest.fixture
def sent(app: Flask, small: Consultation) -> Respondent:
    person = ready(app)
    person.send()
    return person


def withdraw(person: Respondent) -> str:
    assert person.client.submit(f"{BASE}/withdraw").location == f"{BASE}/withdraw"
    return words(person.open("/withdraw"))


def test_a_withdrawn_response_is_a_line_and_nothing_else(sent: Respondent, small: Consultation) -> None:
    reference, link = sent.reference(), sent.link()
    sent.client.submit(f"{BASE}/change", _from=f"{BASE}/sent")
    asked = words(sent.open("/withdraw"))
    for part in (
        "Withdraw your response?",
        "What goes:",
        f"a line with the reference {reference}",
        "Keep it",
    ):
        assert part in asked
    said = withdraw(sent)

    assert "Your response is withdrawn" in said
    assert f"You withdrew response {reference} at 11am, Monday 15 June 2026." in said
    for page in ("", "/sent", "/copy", "/check", "/traffic", "/change"):
        shown = words(sent.open(page))
        assert "Your response is withdrawn" in shown
        assert "Fewer cars." not in shown
    totals = reconciliation(small.id)
    assert (totals.received, totals.included, totals.excluded, totals.withdrawn) == (1, 0, 0, 1)
    assert comment_progress(small.id).comments == 0
    assert (count(Contact), count(ResponseVersion)) == (0, 1)
    elsewhere = Respondent(sent.client.application)
    assert elsewhere.client.get(link).status_code == 303
    assert "Your response is withdrawn" in words(elsewhere.open())


def test_the_code_of_a_withdrawn_response_says_so_too(app: Flask, sent: Respondent) -> None:
    code = sent.code()
    withdraw(sent)
    other = Respondent(app)

    assert other.client.submit("/continue", code=code).location == BASE
    assert "Your response is withdrawn" in words(other.open())


def test_a_page_of_a_withdrawn_response_changes_nothing_and_shows_the_words(sent: Respondent) -> None:
    sent.client.submit(f"{BASE}/change", _from=f"{BASE}/sent")
    stale = form_at(sent, f"{BASE}/traffic")
    withdraw(sent)
    refused = sent.client.post(f"{BASE}/traffic", data={**stale, "q-cars_text": "Typed after."})

    assert refused.status_code == 410
    assert "Typed after." in words(refused)
    assert session.scalar(select(func.count()).where(Answer.text == "Typed after.")) == 0


def test_parallel_withdrawals_are_one(app: Flask, sent: Respondent) -> None:
    hidden = form_at(sent, f"{BASE}/withdraw")
    tabs = twins(sent, app, 3)
    answers = at_once(*(lambda tab=tab: tab.client.post(f"{BASE}/withdraw", data=hidden) for tab in tabs))

    assert {answer.status_code for answer in answers} <= {303, 410}
    assert session.scalar(select(func.count()).where(AuditEvent.action == "withdrawn")) == 1


def test_an_excluded_response_that_is_withdrawn_is_counted_once(
    sent: Respondent, small: Consultation, clock: SettableClock
) -> None:
    response = session.scalars(select(Response)).one()
    with transaction():
        exclude(response.id, reason=ExclusionReason.SPAM, actor=SYSTEM, now=clock.now())
    withdraw(sent)

    totals = reconciliation(small.id)
    assert (totals.received, totals.excluded, totals.withdrawn) == (1, 0, 1)


def test_a_second_reply_counts_again_when_the_one_it_was_combined_with_is_withdrawn(
    app: Flask, sent: Respondent, small: Consultation, clock: SettableClock
) -> None:
    other = ready(app)
    other.send()
    stays, left_out = sent.reference(), other.reference()
    with transaction():
        response = session.scalars(select(Response).where(Response.reference == left_out)).one()
        exclude(response.id, reason=ExclusionReason.COMBINED, stays=stays, actor=SYSTEM, now=clock.now())
    withdraw(sent)

    totals = reconciliation(small.id)
    assert (totals.received, totals.included, totals.excluded, totals.withdrawn) == (2, 1, 0, 1)
    assert comment_progress(small.id).comments == 1


def test_a_response_can_be_withdrawn_until_the_grace_ends(sent: Respondent, clock: SettableClock) -> None:
    hidden = form_at(sent, f"{BASE}/withdraw")
    clock.set(CLOSES + GRACE)
    sent.client.post(f"{BASE}/withdraw", data=hidden)

    assert session.scalars(select(Response.status)).one() is ResponseStatus.SENT
    assert "It is too late to withdraw your response here" in words(sent.open("/withdraw"))
    clock.set(CLOSES + GRACE - SECOND)
    assert "Your response is withdrawn" in withdraw(sent)


def test_a_draft_is_deleted_whole_by_whoever_holds_its_link(app: Flask, small: Consultation) -> None:
    person = ready(app)
    link = person.link()
    assert "Delete your draft" in words(person.open())
    answer = person.client.submit(f"{BASE}/delete")

    assert answer.location == "/c/market-square"
    assert (count(Response), count(ResponseVersion), count(Contact), count(Answer)) == (0, 0, 0, 0)
    assert person.client.get(link).status_code == 404
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "drafts")).one()
    assert event.details == {"drafts": 1}


def test_parallel_deletions_of_a_draft_break_nothing(app: Flask, small: Consultation) -> None:
    person = ready(app)
    hidden = form_at(person, f"{BASE}/delete")
    tabs = twins(person, app, 3)
    answers = at_once(*(lambda tab=tab: tab.client.post(f"{BASE}/delete", data=hidden) for tab in tabs))

    assert {answer.status_code for answer in answers} <= {303, 403}
    assert count(Response) == 0


def test_a_sent_response_cannot_be_deleted_as_a_draft(app: Flask, small: Consultation) -> None:
    person = ready(app)
    hidden = form_at(person, f"{BASE}/delete")
    person.send()

    assert person.client.post(f"{BASE}/delete", data=hidden).status_code == 409
    assert count(Response) == 1


class TestLate:
    @pytest.fixture
    def missed(self, app: Flask, small: Consultation, clock: SettableClock) -> Respondent:
        person = ready(app)
        clock.set(CLOSES + GRACE)
        return person

    def test_a_draft_is_received_as_late_and_left_out_until_officers_decide(
        self, missed: Respondent, small: Consultation
    ) -> None:
        assert "Officers decide" in words(missed.open())
        assert missed.client.submit(f"{BASE}/late", _from=BASE).location == f"{BASE}/sent"

        said = words(missed.open("/sent"))
        assert "Sent as a late reply" in said
        assert "We do not promise that it will be counted." in said
        assert missed.reference()
        totals = reconciliation(small.id)
        assert (totals.received, totals.included, totals.excluded) == (1, 0, 1)
        assert session.scalars(select(Exclusion.reason)).one() is ExclusionReason.LATE_UNDECIDED
        assert session.scalars(select(Response.late)).one() is True
        assert comment_progress(small.id).comments == 0

    def test_asking_twice_at_once_is_one_late_reply(self, app: Flask, missed: Respondent) -> None:
        page = missed.open()
        form = next(f for f in page.find_all("form") if f.get("action") == f"{BASE}/late")
        hidden = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
        tabs = twins(missed, app, 3)
        answers = at_once(*(lambda tab=tab: tab.client.post(f"{BASE}/late", data=hidden) for tab in tabs))

        assert {answer.location for answer in answers} == {f"{BASE}/sent"}
        assert count(Exclusion) == 1

    def test_within_the_grace_there_is_nothing_to_ask(
        self, app: Flask, missed: Respondent, clock: SettableClock
    ) -> None:
        form = next(f for f in missed.open().find_all("form") if f.get("action") == f"{BASE}/late")
        hidden = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
        clock.set(CLOSES + GRACE - SECOND)

        assert missed.client.post(f"{BASE}/late", data=hidden).location == BASE
        assert session.scalars(select(Response.status)).one() is ResponseStatus.DRAFT

    def test_after_the_sign_off_it_cannot_be_asked_for(self, missed: Respondent, small: Consultation) -> None:
        with transaction():
            session.get_one(Consultation, small.id).stage = Stage.SIGNED_OFF

        assert "Ask for it to be taken as a late reply" not in words(missed.open())

    def test_an_empty_draft_is_not_a_late_reply(
        self, app: Flask, small: Consultation, clock: SettableClock
    ) -> None:
        clock.set(CLOSES - SECOND)
        person = Respondent(app)
        person.start()
        clock.set(CLOSES + GRACE)
        refused = person.client.submit(f"{BASE}/late", _from=BASE)

        assert refused.status_code == 422
        assert "You have not answered any questions" in words(refused)


class TestOverTheChangeToSummerTime:
    """Clocks go forward at 1am on 28 March 2027, in the middle of the grace."""

    def test_the_grace_is_half_an_hour_of_real_time_and_the_page_says_the_hour_of_the_wall(
        self, app: Flask, small: Consultation, clock: SettableClock
    ) -> None:
        closes = datetime(2027, 3, 28, 0, 45, tzinfo=UTC)
        with transaction():
            session.get_one(Consultation, small.id).closes_at = closes
        clock.set(closes - SECOND)
        person = ready(app)
        clock.set(closes)
        said = words(person.open())

        assert "This consultation closed at 12:45am." in said
        assert "you can still send until 2:15am" in said
        clock.set(closes + GRACE - SECOND)
        assert person.send().status_code == 303
        assert "We received it at 2:14am, Sunday 28 March 2027." in words(person.open("/sent"))

    def test_a_draft_written_before_it_goes_30_times_24_hours_later(
        self, app: Flask, small: Consultation, clock: SettableClock
    ) -> None:
        with transaction():
            session.get_one(Consultation, small.id).closes_at = datetime(2027, 6, 1, tzinfo=UTC)
        clock.set(datetime(2027, 3, 27, 23, 30, tzinfo=UTC))
        person = ready(app)

        assert "we will delete it on 27 April 2027" in words(person.open())
