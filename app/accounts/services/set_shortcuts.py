import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import Officer


def set_shortcuts(officer_id: uuid.UUID, *, on: bool, actor: Actor, now: datetime) -> None:
    """Single-key shortcuts of the reading screen."""
    officer = session.get_one(Officer, officer_id)
    if officer.shortcuts is on:
        return
    officer.shortcuts = on
    session.flush()
    to = "on" if on else "off"
    record(
        "switched_shortcuts",
        actor=actor,
        now=now,
        subject="officer",
        subject_id=officer_id,
        details={"to": to},
    )
