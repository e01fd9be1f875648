"""The ledger: the template coded once for all its senders, and what each wrote besides."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.cleaning.services.redact import hide_words
from app.counting.responses import reconciliation
from app.counting.themes import theme_count
from app.database import session, transaction
from app.enums import CampaignCopy, CampaignTreatment, CodingSource, DispositionValue, Stance
from app.models import Campaign, CampaignMember, Coding, Comment, Consultation, Disposition, Officer
from app.themes.differences import differences
from app.themes.services import code_campaign
from app.themes.services.code_comment import set_disposition
from app.themes.services.write_codings import lock_comments
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted

TEMPLATE = "Save the 14 bus. It is the only way to the hospital."
OWN = f"{TEMPLATE} My mother went on it every week."
LEDGER = "/officer/c/a-bid/campaigns"


def words(page: BeautifulSoup) -> str:
    return " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]


@pytest.fixture
def campaign(here: Consultation) -> str:
    """The address of a campaign of three: two copies and one with own words. There is a theme, PLA03."""
    with transaction():
        net = a_net(here)
        a_theme(here, parent_id=net.id)
        texts = (TEMPLATE, TEMPLATE, OWN)
        made = [a_comment(a_response(here, reference=f"AB-{n}"), t) for n, t in enumerate(texts, 1)]
        members = tuple(
            FoundMember(c.id, CampaignCopy.EXACT if c.text == TEMPLATE else CampaignCopy.OWN_WORDS_ADDED)
            for c in made
        )
        record_campaigns([FoundCampaign(TEMPLATE, members)], consultation_id=here.id)
        return f"{LEDGER}/{session.scalars(select(Campaign.id)).one()}"


def codings() -> list[tuple[str, str]]:
    """Reference and the quoted words of each coding that stands."""
    session.expire_all()
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.comment_id))
    return [
        (one.comment.response.reference, one.comment.text[one.quotes[0].start : one.quotes[0].end])
        for one in rows
    ]


def code(client: AuditedClient, address: str, **more: str) -> int:
    said = client.submit(f"{address}/themes", address, theme="PLA03", stance="concern", **more)
    return said.status_code


def test_the_template_is_coded_once_for_all_its_senders_one_row_each(
    lead: AuditedClient, campaign: str, here: Consultation
) -> None:
    assert code(lead, campaign, words="the only way to the\r\nhospital") == 303

    assert codings() == [(f"AB-{n}", "the only way to the hospital") for n in (1, 2, 3)]
    rows = session.scalars(select(Coding)).all()
    assert {(row.source, row.campaign_id is not None) for row in rows} == {(CodingSource.CAMPAIGN, True)}
    count = theme_count(here.id, "PLA03")
    assert count is not None
    assert (count.respondents, count.respondents_without_campaigns) == (3, 0)
    assert "PLA03" in words(lead.page(campaign))
    assert "on 3 comments" in words(lead.page(campaign))


def test_own_words_stay_undecided_until_they_are_read(lead: AuditedClient, campaign: str) -> None:
    code(lead, campaign)
    own = session.scalars(select(Comment.id).where(Comment.text == OWN)).one()
    decided = session.scalars(select(Disposition.comment_id)).all()
    assert len(decided) == 2
    assert own not in decided

    lead.submit(f"{campaign}/own-words", campaign, comment=str(own))

    session.expire_all()
    assert own in session.scalars(select(Disposition.comment_id)).all()


def test_a_theme_is_taken_off_all_senders_and_they_are_undecided_again(
    lead: AuditedClient, campaign: str
) -> None:
    code(lead, campaign)
    lead.submit(f"{campaign}/themes/remove", campaign, theme="PLA03", stance="concern")

    assert codings() == []
    assert session.scalars(select(Disposition)).all() == []
    assert len(session.scalars(select(Coding)).all()) == 3


def test_what_another_officer_took_off_meanwhile_stays_theirs(
    lead: AuditedClient, campaign: str, acting: Actor, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(lead, campaign)
    first = session.scalars(select(Coding.id).order_by(Coding.id)).first()
    session.rollback()
    before = clock.now()
    with transaction():
        other = an_officer("B. Other", email="other@example.org").id

    def lock_after_the_other(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Comment]:
        found = lock_comments(ids)
        session.execute(
            update(Coding).where(Coding.id == first).values(removed_at=before, removed_by_id=other),
            execution_options={"synchronize_session": False},
        )
        return found

    monkeypatch.setattr(code_campaign, "lock_comments", lock_after_the_other)
    with transaction():
        key = session.scalars(select(Campaign.id)).one()
        theme = session.scalars(select(Coding.theme_id)).first()
        assert theme is not None
        removed = code_campaign.uncode_template(
            key, theme_id=theme, stance=Stance.CONCERN, actor=acting, now=before + timedelta(minutes=1)
        )

    session.expire_all()
    assert removed == 2
    assert session.get_one(Coding, first).removed_by_id == other
    assert session.get_one(Coding, first).removed_at == before
    assert codings() == []


def test_words_that_are_not_in_the_template_are_refused(lead: AuditedClient, campaign: str) -> None:
    assert code(lead, campaign, words="No mayor") == 422
    assert codings() == []


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


def test_a_petition_is_one_response_whatever_the_number_of_signatures(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    assert lead.submit(address, LEDGER, reference="AB-9", title="A bus", signatories="412").status_code == 422

    assert lead.submit(address, LEDGER, reference="ab-1", title="A bus", signatories="412").status_code == 303

    found = reconciliation(here.id)
    assert (found.received, found.included, found.petitions) == (1, 1, 1)
    assert "AB-1 A bus 412" in words(lead.page(LEDGER))


def removal(lead: AuditedClient) -> dict[str, str]:
    form = lead.page(LEDGER).select_one("form[action$='/petitions/remove']")
    assert form is not None
    return {str(one["name"]): str(one["value"]) for one in form.select("input")}


def test_a_petition_taken_back_says_what_was_recorded_so_that_it_can_be_recorded_again(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    lead.submit(address, LEDGER, reference="AB-1", title="A bus", signatories="1412")

    assert lead.post(f"{address}/remove", data=removal(lead)).status_code == 303

    assert reconciliation(here.id).petitions == 0
    assert "record it again with “A bus” and 1,412 signatures" in words(lead.page(LEDGER))


def test_a_petition_is_replaced_or_taken_back_only_as_it_was_shown(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    lead.submit(address, LEDGER, reference="AB-1", title="A bus", signatories="412")
    stale = removal(lead)
    mine = {"reference": "AB-1", "title": "A train", "signatories": "500"}

    refused = lead.submit(address, LEDGER, **mine)

    assert refused.status_code == 422
    assert "It is recorded already: “A bus”, 412 signed." in refused.text
    page = BeautifulSoup(refused.text, "html.parser")
    again = {
        str(one["name"]): str(one.get("value", ""))
        for one in page.select("form[action$='/petitions'] input[name]")
    }
    assert mine.items() <= again.items()
    assert lead.post(address, data=again).status_code == 303
    assert "AB-1 A train 500" in words(lead.page(LEDGER))
    assert lead.post(f"{address}/remove", data=stale).status_code == 422
    assert reconciliation(here.id).petitions == 1


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


def test_a_difference_gives_back_both_texts() -> None:
    changes = differences("Save the bus. It is late.", "Please save the bus now. It is late!")

    assert "".join(c.text for c in changes if c.kind != "removed") == "Please save the bus now. It is late!"
    assert [c.text for c in changes if c.kind == "removed"] == ["bus. ", "late."]


def test_a_comment_that_was_said_to_be_something_else_stays_that_and_the_others_are_coded(
    lead: AuditedClient, campaign: str, acting: Actor, clock: SettableClock
) -> None:
    first = session.scalars(select(Comment.id).order_by(Comment.id)).first()
    assert first is not None
    with transaction():
        set_disposition(first, value=DispositionValue.OUT_OF_SCOPE, actor=acting, now=clock.now())

    assert code(lead, campaign) == 303

    assert [reference for reference, _ in codings()] == ["AB-2", "AB-3"]
    kept = session.scalars(select(Disposition.value).where(Disposition.comment_id == first)).one()
    assert kept is DispositionValue.OUT_OF_SCOPE


def test_own_words_are_settled_only_where_they_are_of_this_campaign(
    lead: AuditedClient, campaign: str, acting: Actor, clock: SettableClock
) -> None:
    code(lead, campaign)
    with transaction():
        elsewhere = a_consultation(slug="elsewhere")
        other = a_comment(a_response(elsewhere, reference="EL-1"), OWN)
        assert acting.officer_id is not None
        a_coding(other, a_theme(elsewhere), session.get_one(Officer, acting.officer_id))
        key = other.id

    assert lead.submit(f"{campaign}/own-words", campaign, comment=str(key)).status_code == 422

    session.expire_all()
    assert key not in session.scalars(select(Disposition.comment_id)).all()
