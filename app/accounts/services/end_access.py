import secrets
import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.change_roles import keep_an_administrator
from app.accounts.services.end_session import end_sessions
from app.accounts.services.record import record
from app.database import session
from app.models import Officer


def end_access(officer_id: uuid.UUID, *, actor: Actor, now: datetime) -> bool:
    """Out at once, everywhere. Roles stay, for when access is given back. False: it had ended already.

    Raises LastAdministrator.
    """
    officer = session.get_one(Officer, officer_id, with_for_update=True)
    if not officer.active:
        return False
    keep_an_administrator(without=officer_id)
    officer.active = False
    officer.fs_uniquifier = secrets.token_hex(32)
    officer.set_up_hash = officer.set_up_until = None
    end_sessions(officer_id, now=now)
    record("ended_access", actor=actor, now=now, subject="officer", subject_id=officer_id)
    return True


def give_back_access(officer_id: uuid.UUID, *, actor: Actor, now: datetime) -> bool:
    officer = session.get_one(Officer, officer_id, with_for_update=True)
    if officer.active or officer.is_example:
        return False
    officer.active = True
    record("gave_back_access", actor=actor, now=now, subject="officer", subject_id=officer_id)
    return True
