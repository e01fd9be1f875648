from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.database import session, transaction
from app.enums import Role
from app.models import Consultation
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.mixture import Mixture, a_mixture
from tests.support.sign_in import sign_in

CLOSED = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def here(engine: Engine) -> Consultation:
    with transaction():
        return a_consultation()


@pytest.fixture
def mixed(app: Flask) -> Mixture:
    """After the application, which begins with a session of its own."""
    with transaction():
        return a_mixture(4, size=25)


class Desk:
    """Officers of one consultation, each at their own browser."""

    def __init__(self, app: Flask, consultation: Consultation, clock: SettableClock) -> None:
        self._app, self._consultation_id, self._clock = app, consultation.id, clock

    def officer(self, *roles: Role) -> AuditedClient:
        with transaction():
            here, officer = session.get_one(Consultation, self._consultation_id), an_officer()
            for role in roles:
                everywhere = role is Role.ADMINISTRATOR
                a_role(officer, role, consultation=None if everywhere else here)
        client = self._app.test_client()
        sign_in(client, officer, at=self._clock.now())
        assert isinstance(client, AuditedClient)
        return client


@pytest.fixture
def desk(app: Flask, mixed: Mixture, clock: SettableClock) -> Desk:
    return Desk(app, mixed.consultation, clock)
