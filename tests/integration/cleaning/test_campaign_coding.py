"""The template coded once for all its senders, and what each wrote besides."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.counting.themes import theme_count
from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, Stance
from app.models import Campaign, Coding, Comment, Consultation, Disposition, Officer
from app.themes.services import code_campaign
from app.themes.services.code_comment import set_disposition
from app.themes.services.write_codings import lock_comments
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.integration.cleaning.campaign import OWN, code, codings
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock


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
