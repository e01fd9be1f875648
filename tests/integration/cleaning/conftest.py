from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actor as actors
from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.database import session, transaction
from app.enums import CampaignCopy, Role
from app.models import Campaign, Comment, Consultation, Officer
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.factories.question import a_question
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.integration.cleaning.campaign import LEDGER, OWN, TEMPLATE
from tests.integration.cleaning.letter import TEXT, a_letter
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in


@pytest.fixture
def here(app: Flask) -> Consultation:
    with transaction():
        consultation = a_consultation()
    session.refresh(consultation)
    session.expunge(consultation)
    return consultation


@pytest.fixture
def at(app: Flask, here: Consultation, clock: SettableClock) -> Callable[[Role], AuditedClient]:
    """A browser of a new officer with this role."""

    def begin(role: Role) -> AuditedClient:
        with transaction():
            officer = an_officer(role.value)
            a_role(officer, role, consultation=here)
        client = app.test_client()
        assert isinstance(client, AuditedClient)
        sign_in(client, officer, at=clock.now())
        return client

    return begin


@pytest.fixture
def lead(at: Callable[[Role], AuditedClient]) -> AuditedClient:
    return at(Role.LEAD_ANALYST)


@pytest.fixture
def analyst(at: Callable[[Role], AuditedClient]) -> AuditedClient:
    return at(Role.ANALYST)


@pytest.fixture
def acting(app: Flask) -> actors.Actor:
    with transaction():
        officer: Officer = an_officer()
        key = officer.id
    return actors.officer(key)


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


@pytest.fixture
def letter(here: Consultation) -> Comment:
    """With two questions, of the place and of trees."""
    with transaction():
        a_question(here, "place_text")
        a_question(here, "trees_text", position=2)
        found = a_letter(here, TEXT)
    session.refresh(found)
    session.expunge(found)
    return found
