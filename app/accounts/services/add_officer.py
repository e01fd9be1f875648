import secrets
from datetime import datetime

from app.accounts.actor import SYSTEM, Actor
from app.accounts.queries.officers import normalised_email, officer_by_email
from app.accounts.services.record import record
from app.database import session
from app.models import Officer

EXAMPLE_EMAIL = "example.officer@example.org"


class AlreadyThere(Exception):
    """An officer with this email address is there already."""


def add_officer(
    email: str, *, name: str, actor: Actor, now: datetime, password_hash: str | None = None
) -> Officer:
    """An officer without a role. Raises AlreadyThere."""
    if officer_by_email(email):
        raise AlreadyThere(email)
    officer = _new(email, name=name)
    officer.password = password_hash
    session.add(officer)
    session.flush()
    record("added", actor=actor, now=now, subject="officer", subject_id=officer.id)
    return officer


def example_officer(*, now: datetime) -> Officer:
    """Who gave the sample its codings. Nobody can sign in as them."""
    found = officer_by_email(EXAMPLE_EMAIL)
    if found:
        return found
    officer = _new(EXAMPLE_EMAIL, name="Example officer")
    officer.is_example = True
    session.add(officer)
    session.flush()
    record("added", actor=SYSTEM, now=now, subject="officer", subject_id=officer.id)
    return officer


def _new(email: str, *, name: str) -> Officer:
    return Officer(email=normalised_email(email), name=name.strip(), fs_uniquifier=secrets.token_hex(32))
