import hashlib
import secrets
from datetime import datetime, timedelta

from app.accounts.actor import SYSTEM, Actor
from app.accounts.queries.officers import normalised_email, officer_by_email
from app.accounts.services.record import record
from app.database import session
from app.models import Officer

SET_UP_DAYS = 7
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


def make_set_up_link(officer: Officer, *, actor: Actor, now: datetime) -> str:
    """The token of a one-time link to choose a password. Only its hash is kept, so it is shown once."""
    token = secrets.token_urlsafe(32)
    officer.set_up_hash = hash_of(token)
    officer.set_up_until = now + timedelta(days=SET_UP_DAYS)
    record("made_set_up_link", actor=actor, now=now, subject="officer", subject_id=officer.id)
    return token


def hash_of(token: str) -> str:
    """Plain SHA-256: the token itself is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new(email: str, *, name: str) -> Officer:
    return Officer(email=normalised_email(email), name=name.strip(), fs_uniquifier=secrets.token_hex(32))
