"""Writes of whoever holds a job. Each matches the token: None or False means that another holds it now."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.database import session
from app.enums import JobState
from app.jobs.lease import DatabaseTime
from app.models import Job


def _write(own: Session, job_id: uuid.UUID, *, token: int, **values: Any) -> bool | None:
    """Whether an officer has asked for the job to stop; None if another holds it."""
    return own.execute(
        update(Job)
        .where(Job.id == job_id, Job.token == token, Job.state == JobState.RUNNING)
        .values(**values)
        .returning(Job.stop_asked)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def renew(own: Session, job_id: uuid.UUID, *, token: int, lease: float) -> bool | None:
    return _write(own, job_id, token=token, lease_until=DatabaseTime(lease))


def mark_step(job_id: uuid.UUID, *, token: int, lease: float, forward: bool, **values: Any) -> bool | None:
    """A step forward forgets the attempts that came before it: the cap is for work that cannot get on."""
    if forward:
        values["attempts"] = 1
    return _write(session(), job_id, token=token, lease_until=DatabaseTime(lease), **values)


def give_back(own: Session, job_id: uuid.UUID, *, token: int) -> bool:
    """The worker goes, the work stays. The attempt does not count."""
    values = {"state": JobState.QUEUED, "lease_until": None, "attempts": Job.attempts - 1}
    return _write(own, job_id, token=token, **values) is not None


def try_again(job_id: uuid.UUID, *, token: int, run_after: datetime) -> bool:
    values = {"state": JobState.QUEUED, "lease_until": None, "run_after": run_after}
    return _write(session(), job_id, token=token, **values) is not None


def end(job_id: uuid.UUID, *, token: int, state: JobState, now: datetime, error: str = "") -> bool:
    values = {"state": state, "lease_until": None, "finished_at": now, "error": error}
    return _write(session(), job_id, token=token, **values) is not None
