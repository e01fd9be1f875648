"""Duplicates, tests, blanks and late replies, as officers decide them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cleaning.services.decide_response import decide
from app.cleaning.services.record_duplicates import record_duplicates
from app.counting.responses import reconciliation
from app.database import session, transaction
from app.enums import Channel, CleaningDecision, ExclusionReason
from app.models import CleaningItem, Comment, Consultation, Exclusion, Response
from tests.factories.comment import a_comment
from tests.factories.response import SENT_AT, a_response
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

CLEAN = "/officer/c/a-bid/clean"
SAID = "The last bus leaves at six and there is none on Sunday."


@pytest.fixture
def pair(here: Consultation) -> str:
    """The address of two replies with the same words, 40 seconds apart."""
    with transaction():
        one = a_comment(a_response(here, reference="AB-1", area="Exeter"), SAID)
        later = SENT_AT + timedelta(seconds=40)
        other = a_comment(
            a_response(here, reference="AB-2", area="Exeter", sent_at=later, channel=Channel.PAPER), SAID
        )
        record_duplicates([(other.id, one.id)], consultation_id=here.id)
        return f"{CLEAN}/duplicates/{session.scalars(select(CleaningItem.id)).one()}"


def standing() -> dict[str, str]:
    session.expire_all()
    query = select(Response.reference, Exclusion.reason).join(Exclusion, Exclusion.response_id == Response.id)
    rows = session.execute(query.where(Exclusion.reversed_at.is_(None)))
    return {reference: reason for reference, reason in rows}


def test_two_replies_stand_side_by_side_with_sentences_and_no_score(lead: AuditedClient, pair: str) -> None:
    said = words(lead.page(pair))

    for sentence in ("The same text.", "Sent 40 seconds apart.", "The same area.", "by different channels."):
        assert sentence in said
    assert said.index("Earlier: AB-1") < said.index("Later: AB-2")
    assert said.count(SAID) == 2
    assert "%" not in said


def test_counted_once_the_later_stays_with_a_reason_and_it_is_taken_back(
    lead: AuditedClient, pair: str, here: Consultation
) -> None:
    refused = lead.submit(pair, decision="left_out", note="")
    assert refused.status_code == 422
    assert "Choose why it counts once" in refused.text

    assert lead.submit(pair, decision="left_out", reason="duplicate").location == f"{CLEAN}/duplicates"
    assert standing() == {"AB-1": ExclusionReason.DUPLICATE}
    assert "Counted once: the later stays." in words(lead.page(pair))

    assert lead.submit(f"{pair}/again", pair, reason="Two people").status_code == 303
    assert standing() == {}
    assert "Duplicates (1)" in words(lead.page(CLEAN))


def test_one_that_is_put_off_comes_last(lead: AuditedClient, pair: str, here: Consultation) -> None:
    with transaction():
        texts = [a_comment(a_response(here, reference=f"CD-{n}"), "No mayor here") for n in (1, 2)]
        keys = [c.id for c in session.scalars(select(Comment)).all() if c.text == SAID]
        record_duplicates([(keys[0], keys[1]), (texts[0].id, texts[1].id)], consultation_id=here.id)

    answer = lead.submit(pair, decision="later")

    assert answer.location != f"{CLEAN}/duplicates"
    assert answer.location.startswith(f"{CLEAN}/duplicates/")
    listed = words(lead.page(f"{CLEAN}/duplicates"))
    assert listed.index("CD-1 and CD-2") < listed.index("AB-1 and AB-2 Put off")


def test_the_second_officer_sees_what_the_first_decided(
    lead: AuditedClient, pair: str, acting: Actor, clock: SettableClock
) -> None:
    shown = lead.page(pair)
    form = next(f for f in shown.find_all("form") if f.get("action") == pair)
    hidden = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden][name]")}
    with transaction():
        key = session.scalars(select(CleaningItem.id)).one()
        decide(key, decision=CleaningDecision.COUNTS, actor=acting, now=clock.now())

    answer = lead.post(pair, data={**hidden, "decision": "left_out", "reason": "duplicate", "note": "Mine"})

    assert answer.status_code == 422
    assert "Another officer has decided this meanwhile." in answer.text
    assert "Both count. Decided by R. Ashdown" in " ".join(
        BeautifulSoup(answer.text, "html.parser").text.split()
    )
    assert standing() == {}


def test_a_new_run_asks_nothing_again_and_drops_what_nobody_touched(
    lead: AuditedClient, pair: str, here: Consultation
) -> None:
    lead.submit(pair, decision="counts")
    with transaction():
        keys = list(session.scalars(select(Comment.id).order_by(Comment.id)))
        record_duplicates([(keys[0], keys[1])], consultation_id=here.id)
    assert "Duplicates (0)" in words(lead.page(CLEAN))
    with transaction():
        record_duplicates([], consultation_id=here.id)

    assert session.scalars(select(CleaningItem.decision)).one() is CleaningDecision.COUNTS


def test_an_analyst_sees_the_pair_and_decides_nothing(analyst: AuditedClient, pair: str) -> None:
    assert "A lead analyst or a moderator decides on this." in words(analyst.page(pair))


def test_tests_and_blanks_are_left_out_or_kept(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        a_comment(a_response(here, reference="AB-1"), "Testing 123")
        a_comment(
            a_response(here, reference="AB-2"), "Test the new bus before you buy it, and then buy ten more."
        )
        a_response(here, reference="AB-3")
    assert "Tests (1)" in words(lead.page(CLEAN))
    assert "Blank (1)" in words(lead.page(CLEAN))

    assert lead.submit(f"{CLEAN}/tests/AB-1", decision="test").status_code == 303
    assert lead.submit(f"{CLEAN}/blank/AB-3", decision="counts").status_code == 303

    assert standing() == {"AB-1": ExclusionReason.TEST}
    said = words(lead.page(CLEAN))
    assert "Tests (0)" in said
    assert "Blank (0)" in said
    address = f"{CLEAN}/tests/AB-1"
    lead.submit(f"{address}/again", address, reason="A real one")
    assert standing() == {}
    assert reconciliation(here.id).included == 3


def test_late_replies_come_one_after_the_other(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        for number in (1, 2):
            response = a_response(
                here, reference=f"AB-{number}", late=True, sent_at=SENT_AT + timedelta(minutes=number)
            )
            session.add(Exclusion(response_id=response.id, reason=ExclusionReason.LATE_UNDECIDED))

    answer = lead.submit(f"{CLEAN}/late/AB-1", decision="count")
    assert answer.location == f"{CLEAN}/late/AB-2"
    assert lead.submit(f"{CLEAN}/late/AB-2", decision="leave").location == f"{CLEAN}/late"

    assert standing() == {"AB-2": ExclusionReason.LATE}


def test_two_replies_of_one_person_are_combined_from_the_response(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
        a_response(here, reference="AB-2")
    page = lead.page("/officer/c/a-bid/responses/AB-1")
    link = next(a for a in page.select("main a") if a.get_text() == "Combine with another response")
    form = lead.page(str(link["href"]))
    assert form.select_one("input[value=combined][checked]")

    lead.submit("/officer/c/a-bid/responses/AB-1/exclude", reason="combined", stays="AB-2")

    assert standing() == {"AB-1": ExclusionReason.COMBINED}


def test_what_was_decided_is_found_again_from_its_tab_and_no_longer_after_it_is_taken_back(
    lead: AuditedClient, pair: str
) -> None:
    tab = f"{CLEAN}/duplicates"
    assert "decided already" not in words(lead.page(tab))

    lead.submit(pair, decision="counts")
    assert "1 decided already" in words(lead.page(tab))
    decided = lead.page(f"{tab}?shown=decided")
    row = decided.select_one("main table tbody tr")
    assert row is not None
    assert "AB-1 and AB-2" in " ".join(row.get_text(" ").split())
    assert "Both count" in row.get_text()
    assert row.select_one(f"a[href='{pair}']") is not None

    lead.submit(f"{pair}/again", pair, reason="Look again")
    assert "Nothing has been decided here" in words(lead.page(f"{tab}?shown=decided"))


@pytest.mark.parametrize("tab", ["tests", "blank", "personal", "safety", "late"])
def test_each_tab_has_its_list_of_what_was_decided(lead: AuditedClient, tab: str) -> None:
    assert "Nothing has been decided here" in words(lead.page(f"{CLEAN}/{tab}?shown=decided"))
