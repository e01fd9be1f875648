from collections.abc import Callable

import pytest
from flask import Flask

from app.database import transaction
from app.enums import Role, Stage
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

SignedIn = Callable[[Role, Stage], AuditedClient]


@pytest.fixture
def signed_in(app: Flask, client: AuditedClient, clock: SettableClock) -> SignedIn:
    """A client of an officer with this role, in a consultation at this stage."""

    def begin(role: Role, stage: Stage) -> AuditedClient:
        with transaction():
            here = a_consultation(stage=stage)
            officer = an_officer()
            a_role(officer, role, consultation=None if role is Role.ADMINISTRATOR else here)
        sign_in(client, officer, at=clock.now())
        return client

    return begin
