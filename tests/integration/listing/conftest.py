import pytest
from flask import Flask

from app.database import session, transaction
from app.enums import Role
from app.models import Consultation
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in


@pytest.fixture
def here(app: Flask) -> Consultation:
    """Detached with its columns read, so that it outlives the sessions of requests."""
    with transaction():
        consultation = a_consultation()
    session.refresh(consultation)
    session.expunge(consultation)
    return consultation


@pytest.fixture
def lead(client: AuditedClient, here: Consultation, clock: SettableClock) -> AuditedClient:
    """A client signed in as a lead analyst."""
    with transaction():
        officer = an_officer()
        a_role(officer, Role.LEAD_ANALYST, consultation=here)
    sign_in(client, officer, at=clock.now())
    return client
