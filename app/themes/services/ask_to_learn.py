"""After officers coded: a job that lets the suggestions of the comments to come follow what they decided."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from app.counting.suggestions import current_run
from app.database import session
from app.jobs.services.enqueue import enqueue

LEARNING: Final = "learning"
EVERY_SECONDS: Final = 10


def ask_to_learn(consultation_id: uuid.UUID, *, now: datetime) -> None:
    """One job for all that is coded within ten seconds, at their end. A request pays two indexed reads, and
    once in ten seconds a row; there is nothing to learn for before a run has finished."""
    if session.scalar(current_run(consultation_id)) is None:
        return
    window = int(now.timestamp()) // EVERY_SECONDS
    enqueue(
        LEARNING,
        arguments={},
        now=now + timedelta(seconds=EVERY_SECONDS - now.timestamp() % EVERY_SECONDS),
        consultation_id=consultation_id,
        idempotency_key=f"{LEARNING}:{consultation_id}:{window}",
    )
