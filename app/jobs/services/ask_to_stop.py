import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import JobState
from app.models import Job


def ask_to_stop(job_id: uuid.UUID, *, actor: Actor, now: datetime) -> bool:
    """The job stops before its next step. False if it has ended already."""
    job = session.scalar(select(Job).where(Job.id == job_id).with_for_update())
    if job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return False
    job.stop_asked = True
    record(
        "asked to stop",
        actor=actor,
        now=now,
        subject="job",
        subject_id=job.id,
        subject_name=job.kind,
        consultation_id=job.consultation_id,
    )
    return True
