"""How far the work of a consultation has got, for officers' pages."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from app.database import session
from app.enums import JobState
from app.models import Job, WorkerSign

WORKER_IS_GONE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Progress:
    id: uuid.UUID
    consultation_id: uuid.UUID | None
    kind: str
    state: JobState
    done: int
    total: int
    step: str
    attempts: int
    error: str
    stop_asked: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def unfinished(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


_SHOWN = (
    Job.id,
    Job.consultation_id,
    Job.kind,
    Job.state,
    Job.done,
    Job.total,
    Job.step,
    Job.attempts,
    Job.error,
    Job.stop_asked,
    Job.created_at,
    Job.started_at,
    Job.finished_at,
)


def progress_of(job_id: uuid.UUID) -> Progress | None:
    row = session.execute(select(*_SHOWN).where(Job.id == job_id)).one_or_none()
    return None if row is None else Progress(**row._mapping)


def jobs_of(consultation_id: uuid.UUID, *, kind: str | None = None, limit: int = 20) -> list[Progress]:
    """Newest first."""
    chosen = select(*_SHOWN).where(Job.consultation_id == consultation_id)
    if kind is not None:
        chosen = chosen.where(Job.kind == kind)
    rows = session.execute(chosen.order_by(Job.id.desc()).limit(limit))
    return [Progress(**row._mapping) for row in rows]


def unfinished_jobs(consultation_id: uuid.UUID) -> list[Progress]:
    return [job for job in jobs_of(consultation_id) if job.unfinished]


def worker_seen(*, now: datetime) -> bool:
    """Whether any worker has given a sign of life in the last minute."""
    recent = WorkerSign.seen_at.between(now - WORKER_IS_GONE_AFTER, now + WORKER_IS_GONE_AFTER)
    return bool(session.scalar(select(exists().where(recent))))
