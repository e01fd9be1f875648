"""Asking for a run of the engine: a row that says it is under way, and the job that does it."""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.standing import comments_that_count
from app.database import session
from app.enums import JobState, RunState
from app.jobs.services.enqueue import enqueue
from app.models import Consultation, Job, ThemingRun
from app.themes.refusals import RunNotWanted

THEMING: Final = "theming"
SEED: Final = 0  # the engine's own: the run records it


def start_run(consultation: Consultation, *, actor: Actor, now: datetime) -> ThemingRun:
    """One run at a time: asked again while one is under way, it is the same run. Raises RunNotWanted."""
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    under_way = run_under_way(consultation.id)
    if under_way is not None:
        return under_way
    if not session.scalar(comments_that_count(consultation.id).limit(1)):
        raise RunNotWanted
    run = ThemingRun(
        consultation_id=consultation.id,
        number=_last_number(consultation.id) + 1,
        officer_id=actor.officer_id,
        engine_version="",
        seed=SEED,
    )
    session.add(run)
    session.flush()
    job = enqueue(
        THEMING,
        arguments={"run": str(run.id)},
        now=now,
        consultation_id=consultation.id,
        officer_id=actor.officer_id,
        idempotency_key=f"{THEMING}:{run.id}",
    )
    session.flush()
    run.job_id = job.id
    record(
        "started", actor=actor, now=now, subject="run", subject_id=run.id, subject_name=str(run.number),
        consultation_id=consultation.id,
    )  # fmt: skip
    session.flush()
    return run


def run_under_way(consultation_id: uuid.UUID) -> ThemingRun | None:
    query = (
        select(ThemingRun)
        .join(Job, Job.id == ThemingRun.job_id)
        .where(
            ThemingRun.consultation_id == consultation_id,
            ThemingRun.state == RunState.RUNNING,
            Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
        )
    )
    return session.scalars(query.order_by(ThemingRun.number.desc()).limit(1)).first()


def _last_number(consultation_id: uuid.UUID) -> int:
    query = select(func.max(ThemingRun.number)).where(ThemingRun.consultation_id == consultation_id)
    return session.scalar(query) or 0
