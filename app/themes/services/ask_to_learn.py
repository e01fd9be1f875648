"""After officers coded, or comments came in: a job that lets suggestions follow what was decided, and reads
comments that no run has read."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.counting.suggestions import current_run
from app.database import session
from app.enums import Stage
from app.jobs.services.enqueue import enqueue
from app.models import Comment, Consultation, ThemingRun

LEARNING: Final = "learning"
READ_WHEN_LATE: Final = (Stage.CLOSED, Stage.SIGNED_OFF)
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


def ask_for_late(*, after: uuid.UUID, before: uuid.UUID, now: datetime) -> None:
    """For consultations that have closed, where comments with ids in between came after the run in use: late
    replies, and those that were keyed in. While replies come in by the hundred, a run is for officers to
    start."""
    query = (
        select(Consultation.id)
        .join(Comment, Comment.consultation_id == Consultation.id)
        .join(ThemingRun, ThemingRun.id == Consultation.current_run_id)
        .where(Comment.id > after, Comment.id < before, Consultation.stage.in_(READ_WHEN_LATE))
        .where(Comment.created_at > ThemingRun.completed_at)
        .distinct()
    )
    for consultation_id in session.scalars(query).all():
        ask_to_learn(consultation_id, now=now)
