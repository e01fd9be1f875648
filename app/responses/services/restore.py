"""Taking an exclusion back. The row stays, with who reversed it and why."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.database import session
from app.models import Exclusion
from app.responses.services.exclude import (
    ExclusionRefused,
    NoteMissing,
    locked,
    note_change,
    standing_exclusion_of,
)


def restore(response_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> Exclusion:
    """Raises ExclusionRefused."""
    response = locked(response_id)
    row = standing_exclusion_of(response_id)
    if row is None:
        raise ExclusionRefused("This response is in the analysis already.")
    if not reason.strip():
        raise NoteMissing
    row.reversed_at, row.reversed_by_id, row.reversed_note = now, actor.officer_id, reason.strip()
    session.flush()
    note_change("restored", response, actor=actor, now=now, details={"reason": row.reason.value})
    return row
