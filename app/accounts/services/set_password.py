import secrets
import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.end_session import end_sessions
from app.accounts.services.record import record
from app.database import session
from app.models import Officer


def set_password(
    officer_id: uuid.UUID, *, password_hash: str, actor: Actor, now: datetime, keep: uuid.UUID | None = None
) -> Officer:
    """Every sign-in but the session `keep` ends, and an open set-up link with them.

    The identity in all cookies is void after this: the caller signs the officer of `keep` in again.
    """
    officer = session.get_one(Officer, officer_id, with_for_update=True)
    officer.password = password_hash
    officer.fs_uniquifier = secrets.token_hex(32)
    officer.set_up_hash = officer.set_up_until = None
    end_sessions(officer_id, now=now, keep=keep)
    record("changed_password", actor=actor, now=now, subject="officer", subject_id=officer_id)
    return officer
