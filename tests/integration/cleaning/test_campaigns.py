"""The ledger of campaigns: who sent one, what each wrote besides, and how the report treats it."""

from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.cleaning.services.redact import hide_words
from app.database import session, transaction
from app.enums import CampaignCopy, CampaignTreatment
from app.models import Campaign, CampaignMember, Comment, Consultation
from tests.factories.comment import a_comment
from tests.factories.response import a_response
from tests.integration.cleaning.campaign import LEDGER, OWN, TEMPLATE, code, codings
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted


def test_a_sender_is_taken_out_with_the_codings_and_put_back(lead: AuditedClient, campaign: str) -> None:
    code(lead, campaign)
    one = session.scalars(select(CampaignMember.id).join(Comment).where(Comment.text == OWN)).one()

    lead.submit(f"{campaign}/senders", campaign, member=str(one), do="out")
    assert [reference for reference, _ in codings()] == ["AB-1", "AB-2"]
    assert "2 senders counted" in words(lead.page(campaign))

    lead.submit(f"{campaign}/senders", campaign, member=str(one), do="back")
    assert [reference for reference, _ in codings()] == ["AB-1", "AB-2", "AB-3"]


def test_a_response_is_added_coded_and_kept_by_later_runs(
    lead: AuditedClient, campaign: str, here: Consultation
) -> None:
    code(lead, campaign)
    with transaction():
        a_comment(a_response(here, reference="CD-1"), "Save the 14 bus, the only way to the hospital.")
    address = f"{campaign}/senders/add"

    assert lead.submit(address, campaign, reference="XX-9").status_code == 422
    assert lead.submit(address, campaign, reference="cd-1").status_code == 303
    assert lead.submit(address, campaign, reference="CD-1").status_code == 422
    with transaction():
        found = session.scalars(select(CampaignMember).where(CampaignMember.added_by_id.is_(None))).all()
        members = tuple(FoundMember(row.comment_id, row.copy) for row in found)
        record_campaigns([FoundCampaign(TEMPLATE, members)], consultation_id=here.id)

    assert [reference for reference, _ in codings()] == ["AB-1", "AB-2", "AB-3", "CD-1"]
    assert "4 senders counted" in words(lead.page(campaign))


def test_own_words_are_shown_as_added(analyst: AuditedClient, campaign: str) -> None:
    page = analyst.page(campaign)

    assert [tag.get_text().strip() for tag in page.select("ins")] == ["My mother went on it every week."]
    assert not page.select("del")
    assert "Add for all senders" not in words(page)
    assert TEMPLATE in words(page)


def test_the_ledger_counts_senders_and_kinds_of_copy(analyst: AuditedClient, campaign: str) -> None:
    row = analyst.page(LEDGER).select_one("tbody tr")

    assert row is not None
    assert [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] == [
        "Campaign A", "3", "2", "0", "1", "Count every sender",
    ]  # fmt: skip


def test_how_the_report_treats_it_is_kept_and_the_second_officer_is_told(
    lead: AuditedClient, campaign: str
) -> None:
    form = next(f for f in lead.page(campaign).find_all("form") if f.get("action") == campaign)
    first = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden][name]")}
    mine = {"name": "The 14 bus", "treatment": "reported_apart", "note": "Letters of a group"}
    assert lead.post(campaign, data={**first, **mine}).status_code == 303

    late = lead.post(campaign, data={**first, **mine, "treatment": "one_response", "note": "Hers"})

    assert late.status_code == 422
    assert "Another officer has changed this meanwhile." in late.text
    assert "Hers</textarea>" in late.text
    session.expire_all()
    row = session.scalars(select(Campaign)).one()
    assert (row.name, row.treatment) == ("The 14 bus", CampaignTreatment.REPORTED_APART)
    assert row.note == "Letters of a group"


def test_hidden_words_are_in_no_template_and_no_difference(
    analyst: AuditedClient, campaign: str, acting: Actor, clock: SettableClock
) -> None:
    with transaction():
        key = session.scalars(select(Comment.id).where(Comment.text == TEMPLATE)).first()
        assert key is not None
        hide_words(
            key,
            words="the hospital",
            kind="other",
            decides=True,
            original=True,
            actor=acting,
            now=clock.now(),
        )
        own = session.scalars(select(Comment.id).where(Comment.text == OWN)).one()
        hide_words(
            own, words="My mother", kind="name", decides=True, original=True, actor=acting, now=clock.now()
        )

    shown = words(analyst.page(campaign))

    assert "My mother" not in shown
    assert "[personal details removed]" in shown


def test_a_longer_list_of_senders_takes_no_more_queries(
    app: Flask, lead: AuditedClient, campaign: str, here: Consultation
) -> None:
    lead.page(campaign)
    with counted(app.extensions["engine"]) as few:
        lead.page(campaign)
    with transaction():
        made = [a_comment(a_response(here), TEMPLATE) for _ in range(20)]
        row = session.scalars(select(Campaign)).one()
        session.add_all(
            CampaignMember(campaign_id=row.id, comment_id=one.id, copy=CampaignCopy.EXACT) for one in made
        )
    with counted(app.extensions["engine"]) as many:
        lead.page(campaign)

    assert len(many) == len(few)
