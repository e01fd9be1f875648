import secrets
import uuid
from datetime import datetime, timedelta

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.accounts.set_up import DAYS, hash_of
from app.database import session
from app.models import Officer


def make_set_up_link(officer_id: uuid.UUID, *, actor: Actor, now: datetime) -> str:
    """The token of a one-time link to choose a password. Only its hash is kept, so it is shown once.

    Raises ValueError for an officer who may not sign in.
    """
    officer = session.get_one(Officer, officer_id, with_for_update=True)
    if not officer.active or officer.is_example:
        raise ValueError("this officer may not sign in")
    token = secrets.token_urlsafe(32)
    officer.set_up_hash = hash_of(token)
    officer.set_up_until = now + timedelta(days=DAYS)
    record("made_set_up_link", actor=actor, now=now, subject="officer", subject_id=officer.id)
    return token
