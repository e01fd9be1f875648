from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import Role
from app.models import Consultation, Officer
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
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
