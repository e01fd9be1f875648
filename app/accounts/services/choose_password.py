from datetime import datetime

from app.accounts import actor
from app.accounts.queries.set_up import officer_of_link
from app.accounts.services.set_password import set_password
from app.models import Officer


def choose_password(token: str, *, password_hash: str, now: datetime) -> Officer | None:
    """By the one-time link, which is used up. None when it is used, too old, or was never made."""
    officer = officer_of_link(token, now=now, lock=True)
    if officer is None:
        return None
    return set_password(officer.id, password_hash=password_hash, actor=actor.officer(officer.id), now=now)
