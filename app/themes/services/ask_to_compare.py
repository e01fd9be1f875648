"""Runs that finished without being compared, as those of earlier versions of this product did."""

import uuid
from datetime import datetime
from typing import Final

from app.accounts.actor import Actor
from app.jobs.services.enqueue import enqueue
from app.themes.queries.comparing import not_compared

COMPARING: Final = "comparing"


def ask_to_compare(consultation_id: uuid.UUID, *, actor: Actor, now: datetime) -> bool:
    """One job a minute, however often it is asked for. False where nothing is left to compare."""
    pair = not_compared(consultation_id)
    if pair is None:
        return False
    enqueue(
        COMPARING,
        arguments={},
        now=now,
        consultation_id=consultation_id,
        officer_id=actor.officer_id,
        idempotency_key=f"{COMPARING}:{consultation_id}:{pair.number}:{int(now.timestamp()) // 60}",
    )
    return True
