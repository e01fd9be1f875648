"""Take the next job that is due, or whose worker has gone."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update

from app.database import UtcDateTime, session
from app.enums import JobState
from app.jobs.lease import DatabaseTime
from app.jobs.queries.waiting import due
from app.models import Job


@dataclass(frozen=True, kw_only=True)
class Claim:
    job_id: uuid.UUID
    kind: str
    token: int
    attempts: int  # since the last step forward, this one included
    arguments: dict[str, Any]
    checkpoint: dict[str, Any]
    consultation_id: uuid.UUID | None
    officer_id: uuid.UUID | None
    stop_asked: bool


def claim(*, kinds: Collection[str], lease: float, now: datetime) -> Claim | None:
    """One statement decides between claimers: the token goes up, so whoever held the job is fenced."""
    next_job = (
        select(Job.id)
        .where(due(kinds, lease=lease, now=now))
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.execute(
        update(Job)
        .where(Job.id == next_job)
        .values(
            state=JobState.RUNNING,
            token=Job.token + 1,
            attempts=Job.attempts + 1,
            lease_until=DatabaseTime(lease),
            started_at=func.coalesce(Job.started_at, literal(now, UtcDateTime())),
        )
        .returning(
            Job.id,
            Job.kind,
            Job.token,
            Job.attempts,
            Job.arguments,
            Job.checkpoint,
            Job.consultation_id,
            Job.officer_id,
            Job.stop_asked,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    return Claim(
        job_id=row.id,
        kind=row.kind,
        token=row.token,
        attempts=row.attempts,
        arguments=row.arguments,
        checkpoint=row.checkpoint,
        consultation_id=row.consultation_id,
        officer_id=row.officer_id,
        stop_asked=row.stop_asked,
    )
