"""Filters by coder, day and campaign; pages by key; and lists kept under a name."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.database import session, transaction
from app.enums import CampaignCopy, DispositionValue, Role
from app.models import AuditEvent, Campaign, CampaignMember, Consultation, Disposition, SavedView
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import csrf_token_of, sign_in

LIST = "/officer/c/a-bid/comments"
BUSES = "theme=PLA03&from=2026-06-01"


@pytest.fixture
def colleague(app: Flask, here: Consultation, clock: SettableClock) -> AuditedClient:
    with transaction():
        officer = an_officer("B. Second")
        a_role(officer, Role.ANALYST, consultation=here)
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    sign_in(client, officer, at=clock.now())
    return client


def texts(page: BeautifulSoup) -> list[str]:
    return [one.get_text().partition(" (quote")[0].strip() for one in page.select("article .app-typed")]


def save(client: AuditedClient, name: str, query: str = BUSES, **more: str) -> int:
    return client.submit(f"{LIST}/views/save?{query}", name=name, **more).status_code


def test_comments_are_found_by_who_decided_when_they_were_sent_and_which_campaign(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        ana, ben = an_officer("Ana"), an_officer("Ben")
        a_role(ana, Role.ANALYST, consultation=here)
        theme, other = a_theme(here), a_theme(here, code="PLA04", label="Trains")
        late = datetime(2026, 6, 12, 23, 30, tzinfo=UTC)  # in the UK it is the 13th
        first = a_comment(a_response(here), "one")
        second = a_comment(a_response(here, sent_at=late), "two")
        third = a_comment(a_response(here), "three")
        a_coding(first, theme, ana)
        a_coding(first, other, ben)
        session.add(Disposition(comment_id=third.id, value=DispositionValue.NO_POINT, officer_id=ben.id))
        campaign = Campaign(consultation_id=here.id, name="Postcard", template="two")
        session.add(campaign)
        session.flush()
        session.add(CampaignMember(campaign_id=campaign.id, comment_id=second.id, copy=CampaignCopy.EXACT))
        ids = {"ana": ana.id, "ben": ben.id, "campaign": campaign.id}

    def found(query: str) -> list[str]:
        return texts(lead.page(f"{LIST}?{query}"))

    assert found(f"coder={ids['ana']}") == ["one"]
    assert found(f"coder={ids['ben']}") == ["one", "three"]
    assert found(f"coder={ids['ben']}&theme=PLA03") == []
    assert found("from=2026-06-13") == ["two"]
    assert found("to=2026-06-12") == ["one", "three"]
    assert found(f"campaign={ids['campaign']}") == ["two"]
    active = lead.page(f"{LIST}?campaign={ids['campaign']}&coder={ids['ana']}&from=2026-06-13").text
    for said in ("Campaign: Postcard", "Decided by Ana", "Sent from 13 June 2026"):
        assert said in active


def test_pages_by_key_lead_forwards_and_back_over_every_comment_once(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        response = a_response(here)
        for number in range(120):
            a_comment(response, f"text {number}")
    pages, page = [], lead.page(f"{LIST}?q=text")
    while True:
        pages.append(texts(page))
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        page = lead.page(str(following["href"]))
    assert [text for one in pages for text in one] == [f"text {number}" for number in range(120)]
    assert "Comments 101 to 120 of 120" in page.get_text()

    back = lead.page(str(page.select_one("a[rel=prev]")["href"]))  # type: ignore[index]
    assert texts(back) == pages[1]
    assert "Comments 51 to 100 of 120" in back.get_text()
    first = lead.page(str(back.select_one("a[rel=prev]")["href"]))  # type: ignore[index]
    assert texts(first) == pages[0]
    assert first.select_one("a[rel=prev]") is None


def test_a_saved_view_opens_the_same_list_and_is_the_officers_own(
    lead: AuditedClient, colleague: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_coding(a_comment(a_response(here), "A bus"), a_theme(here), an_officer())
        a_comment(a_response(here), "A train")
    assert save(lead, "Buses") == save(lead, "Buses") == 303  # pressed twice

    link = lead.page(LIST).find("a", string=re.compile("Buses$"))
    assert texts(lead.page(str(link["href"]))) == ["A bus"]  # type: ignore[index]
    assert len(session.scalars(select(SavedView)).all()) == 1
    assert "Saved views" not in colleague.page(LIST).get_text()
    audited = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "view"))
    assert audited.all() == ["saved"]


def test_a_name_that_is_taken_is_refused_with_what_was_typed(lead: AuditedClient, here: Consultation) -> None:
    save(lead, "Buses")
    refused = lead.submit(f"{LIST}/views/save?q=train", name="Buses")
    assert refused.status_code == 422
    page = BeautifulSoup(refused.text, "html.parser")
    assert "You have a view of this name already" in page.get_text()
    assert page.select_one("input[name=name]")["value"] == "Buses"  # type: ignore[index]
    assert save(lead, " ") == 422


def test_a_shared_view_is_the_colleagues_too_and_only_its_owner_or_a_lead_deletes_it(
    lead: AuditedClient, colleague: AuditedClient, here: Consultation
) -> None:
    save(lead, "Ours", shared="y")
    save(lead, "Mine", "q=train")
    said = colleague.page(LIST).get_text()
    assert "Ours" in said
    assert "Mine" not in said
    view = session.scalars(select(SavedView.id).where(SavedView.shared)).one()

    address = f"{LIST}/views/{view}/delete"
    token = csrf_token_of(colleague, f"{LIST}/views/save")
    colleague.post(address, data={"csrf_token": token})
    assert "Ours" in lead.page(LIST).get_text()
    lead.submit(address, f"{LIST}/views")
    assert session.scalars(select(SavedView.name)).all() == ["Mine"]


def test_what_cannot_be_a_filter_is_no_filter(lead: AuditedClient, here: Consultation) -> None:
    page = lead.page(f"{LIST}?{urlencode({'from': '31 June', 'coder': 'x', 'campaign': 'x', 'after': 'x'})}")
    assert "Filters in force" not in str(page)
