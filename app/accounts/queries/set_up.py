from datetime import datetime

from sqlalchemy import select

from app.accounts.set_up import hash_of
from app.database import session
from app.models import Officer


def officer_of_link(token: str, *, now: datetime, lock: bool = False) -> Officer | None:
    """Whose one-time link this is, while it works."""
    found = select(Officer).where(
        Officer.set_up_hash == hash_of(token),
        Officer.set_up_until > now,
        Officer.active,
        ~Officer.is_example,
    )
    return session.scalar(found.with_for_update() if lock else found)
