"""A sent response is changed by a working copy beside it: what was sent counts until the copy is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.database import session
from app.models import Answer, AnswerChoice, Comment, Consultation, Response, ResponseVersion, SendToken
from app.responses.queries.search import found
from tests.integration.public.test_once import at_once, count, form_at, twins
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

pytestmark = pytest.mark.both_databases

BASE = "/c/market-square/reply"
CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BANNER = "You are changing a response you have already sent."


@pytest.fixture
def sent(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Fewer cars.")
    person.save("market", stalls=["food"], stalls_text="More stalls.")
    person.send()
    return person


def begin(person: Respondent) -> None:
    answer = person.client.submit(f"{BASE}/change", _from=f"{BASE}/sent")
    assert answer.location == BASE


def texts(*, current: bool = True) -> list[str]:
    query = select(Comment.text).where(Comment.is_current.is_(current)).order_by(Comment.number)
    return list(session.scalars(query))


def test_a_change_begins_with_what_was_sent_and_says_on_each_page_what_counts(sent: Respondent) -> None:
    begin(sent)

    for page in ("", "/traffic", "/about-you", "/publication", "/check", "/copy", "/change"):
        said = words(sent.open(page))
        assert f"{BANNER} The version sent on 15 June 2026 counts until you send this one." in said
    assert "Fewer cars." in words(sent.open("/traffic"))
    assert "Fewer cars." in words(sent.open("/check"))
    assert count(ResponseVersion) == 2
    assert session.scalar(select(func.count()).select_from(AnswerChoice)) == 4


def test_until_it_is_sent_nothing_that_counts_has_changed(sent: Respondent, small: Consultation) -> None:
    begin(sent)
    sent.save("traffic", cars="disagree", cars_text="No cars at all.")

    assert texts() == ["Fewer cars.", "More stalls."]
    assert "Fewer cars." in words(sent.client.page(f"{BASE}/copy?version=sent"))
    assert "No cars at all." in words(sent.open("/copy"))
    totals = reconciliation(small.id)
    assert (totals.received, totals.included, totals.drafts) == (1, 1, 0)
    assert found(small.id, "at all") == []


def test_the_changed_version_counts_once_it_is_sent(
    sent: Respondent, small: Consultation, clock: SettableClock
) -> None:
    first = session.scalars(select(Comment).order_by(Comment.number)).all()
    kept, changed = first[1].id, first[0].id
    reference = sent.reference()
    begin(sent)
    sent.save("traffic", cars="disagree", cars_text="No cars at all.")
    clock.move(hours=2)
    assert sent.send().location == f"{BASE}/sent"
    session.rollback()

    rows = {row.text: row for row in session.scalars(select(Comment))}
    assert rows["More stalls."].id == kept
    assert rows["More stalls."].is_current
    assert not rows["Fewer cars."].is_current
    assert rows["No cars at all."].replaces_id == changed
    assert sorted(row.number for row in rows.values()) == [1, 2, 3]
    assert found(small.id, "cars at all") == [rows["No cars at all."].id]
    assert comment_progress(small.id).comments == 2
    said = words(sent.open("/sent"))
    assert "We first received it at 11am, Monday 15 June 2026." in said
    assert "We received your changed response at 1pm, Monday 15 June 2026. That one counts." in said
    assert (sent.reference(), reconciliation(small.id).received) == (reference, 1)
    assert "No cars at all." in words(sent.open("/copy"))


def test_a_text_that_was_taken_out_is_no_longer_a_comment(sent: Respondent) -> None:
    begin(sent)
    sent.save("market", stalls=["food"], stalls_text="")
    sent.send()

    assert texts() == ["Fewer cars."]
    assert texts(current=False) == ["More stalls."]


def test_words_that_come_back_point_to_the_wording_before(sent: Respondent) -> None:
    for text in ("", "More stalls."):
        begin(sent)
        sent.save("market", stalls=["food"], stalls_text=text)
        sent.send()

    newest = session.scalars(select(Comment).where(Comment.text == "More stalls.", Comment.is_current)).one()
    assert newest.replaces_id is not None
    assert texts(current=False) == ["More stalls."]
    assert count(SendToken) == 3


def test_the_version_that_was_sent_can_be_kept(sent: Respondent) -> None:
    begin(sent)
    sent.save("traffic", cars="disagree", cars_text="No cars at all.")
    page = sent.open("/change")
    assert "Keep the version you sent?" in words(page)
    answer = sent.client.submit(f"{BASE}/change/keep", _from=f"{BASE}/change")

    assert answer.location == f"{BASE}/sent"
    assert (count(ResponseVersion), texts()) == (1, ["Fewer cars.", "More stalls."])
    assert session.scalar(select(func.count()).where(Answer.text == "No cars at all.")) == 0
    assert "You kept the version you sent." in words(sent.open("/sent"))


def test_a_change_begun_twice_is_one_working_copy(sent: Respondent) -> None:
    hidden = form_at(sent, f"{BASE}/change")
    sent.client.post(f"{BASE}/change", data=hidden)
    sent.save("traffic", cars="disagree", cars_text="No cars at all.")
    sent.client.post(f"{BASE}/change", data=hidden)

    assert count(ResponseVersion) == 2
    assert "No cars at all." in words(sent.open("/check"))


def test_changes_begun_at_the_same_moment_are_one_working_copy(app: Flask, sent: Respondent) -> None:
    hidden = form_at(sent, f"{BASE}/change")
    tabs = twins(sent, app, 3)
    answers = at_once(*(lambda tab=tab: tab.client.post(f"{BASE}/change", data=hidden) for tab in tabs))

    assert {answer.location for answer in answers} == {BASE}
    assert count(ResponseVersion) == 2


def test_parallel_presses_send_the_changed_version_once(app: Flask, sent: Respondent) -> None:
    begin(sent)
    sent.save("traffic", cars="disagree", cars_text="No cars at all.")
    hidden = form_at(sent, f"{BASE}/check")
    tabs = twins(sent, app, 3)
    answers = at_once(*(lambda tab=tab: tab.client.post(f"{BASE}/check", data=hidden) for tab in tabs))

    assert {answer.location for answer in answers} == {f"{BASE}/sent"}
    assert (count(SendToken), count(Comment), count(ResponseVersion)) == (2, 3, 2)


def test_a_press_that_comes_again_later_does_not_send_the_next_change(sent: Respondent) -> None:
    """The retry of an old check page, after a change was begun that nobody has checked."""
    begin(sent)
    stale = form_at(sent, f"{BASE}/check")
    sent.client.post(f"{BASE}/check", data=stale)
    begin(sent)
    sent.save("traffic", cars="disagree", cars_text="Half a")
    sent.client.post(f"{BASE}/check", data=stale)

    assert "Half a" not in texts()
    assert BANNER in words(sent.open())


def test_a_page_shown_before_the_sending_does_not_pass_for_one_that_saw_the_words(
    app: Flask, small: Consultation
) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="One.")
    stale = form_at(person, f"{BASE}/traffic")
    person.save("traffic", cars_text="Two.")
    person.send()
    begin(person)
    answer = person.client.post(f"{BASE}/traffic", data={**stale, "q-cars_text": "Three."})

    assert answer.status_code == 422
    assert "Two." in words(answer)


def test_who_it_is_for_stays_while_it_is_changed(sent: Respondent) -> None:
    begin(sent)
    hidden = form_at(sent, "/c/market-square/reply/traffic")

    assert sent.client.get(f"{BASE}/start").location == BASE
    sent.client.post(f"{BASE}/start", data={**hidden, "kind": "organisation", "how": "questions"})
    assert session.scalars(select(Response.kind)).one() == "individual"


def test_a_draft_and_a_response_that_is_sent_have_nothing_to_keep(app: Flask, sent: Respondent) -> None:
    draft = Respondent(app)
    draft.start()
    token = form_at(draft, f"{BASE}/traffic")

    assert draft.client.get(f"{BASE}/change").location == BASE
    assert draft.client.post(f"{BASE}/change", data=token).location == BASE
    assert draft.client.post(f"{BASE}/change/keep", data=token).location == BASE
    assert count(ResponseVersion) == 2


class TestAtClosing:
    @pytest.fixture
    def changing(self, sent: Respondent, clock: SettableClock) -> Respondent:
        clock.set(CLOSES - SECOND)
        begin(sent)
        sent.save("traffic", cars="disagree", cars_text="No cars at all.")
        return sent

    def test_a_change_begun_in_the_last_second_can_be_sent_in_the_grace(
        self, changing: Respondent, clock: SettableClock
    ) -> None:
        clock.set(CLOSES + timedelta(minutes=30) - SECOND)
        assert "you can still send until 12:29am" in words(changing.open())
        assert changing.send().location == f"{BASE}/sent"

        assert texts() == ["More stalls.", "No cars at all."]
        response = session.scalars(select(Response)).one()
        assert (response.late, response.sent_at) == (False, datetime(2026, 6, 15, 10, tzinfo=UTC))

    def test_after_the_grace_what_was_sent_stands_and_the_pages_say_so(
        self, changing: Respondent, clock: SettableClock
    ) -> None:
        hidden = form_at(changing, f"{BASE}/check")
        clock.set(CLOSES + timedelta(minutes=30))
        refused = changing.client.post(f"{BASE}/check", data=hidden)

        assert refused.status_code == 409
        for page in (words(refused), words(changing.open())):
            assert "You did not send your change" in page
            assert "The version you sent at 11am, Monday 15 June 2026 stands." in page
            assert "No cars at all." in page
        assert "What you sent has not" not in words(changing.open("/sent"))
        assert "The consultation closed before you sent your change" in words(changing.open("/sent"))
        assert "Fewer cars." in words(changing.open("/copy"))
        assert "You did not send your change" in words(changing.open("/change"))
        assert BANNER not in words(changing.open())
        assert texts() == ["Fewer cars.", "More stalls."]

    def test_no_change_begins_from_the_closing_second_on(
        self, sent: Respondent, clock: SettableClock
    ) -> None:
        hidden = form_at(sent, f"{BASE}/change")
        clock.set(CLOSES)
        assert "Change or withdraw it" not in words(sent.open("/sent"))
        assert sent.client.post(f"{BASE}/change", data=hidden).location == f"{BASE}/change"

        assert count(ResponseVersion) == 1
        page: BeautifulSoup = sent.open("/change")
        assert "cannot be changed here any more" in words(page)


def test_a_letter_is_changed_as_a_whole(app: Flask, small: Consultation) -> None:
    clerk = Respondent(app)
    clerk.start("organisation", how="letter")
    clerk.save("about-you", organisation="Parish", organisation_authority="authorised")
    clerk.letter("Our letter.")
    clerk.send()
    begin(clerk)
    clerk.letter("Our letter, mended.")
    clerk.send()

    assert (texts(), texts(current=False)) == (["Our letter, mended."], ["Our letter."])
