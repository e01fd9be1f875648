"""The runs of the engine, for officers' pages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from app.database import session
from app.enums import JobState, RunState
from app.models import Consultation, Job, Officer, ThemingRun


@dataclass(frozen=True, kw_only=True)
class RunShown:
    """`done` of `total` and `step` are the job's. `in_use`: officers see this run's suggestions. What older
    runs do not say is missing. `proposing`: the encoder by which themes were proposed. `sentences`: whether
    whole sentences were compared; where there were too many comments for that, `sentences_up_to` is how many
    it does."""

    number: int
    state: RunState
    started_at: datetime
    completed_at: datetime | None
    officer: str | None
    encoder: str
    proposing: str
    engine_version: str
    sentences: bool | None
    sentences_up_to: int | None
    figures: dict[str, Any]
    in_use: bool
    job_id: uuid.UUID | None
    done: int
    total: int
    step: str
    error: str
    stop_asked: bool
    waiting: bool


def runs_of(consultation_id: uuid.UUID, *, most: int = 50) -> Sequence[RunShown]:
    """Newest first."""
    query = _query(consultation_id).order_by(ThemingRun.number.desc()).limit(most)
    return [_shown(row) for row in session.execute(query)]


def run_numbered(consultation_id: uuid.UUID, number: int) -> RunShown | None:
    row = session.execute(_query(consultation_id).where(ThemingRun.number == number)).first()
    return None if row is None else _shown(row)


def run_in_use(consultation_id: uuid.UUID) -> RunShown | None:
    query = _query(consultation_id).where(Consultation.current_run_id == ThemingRun.id)
    row = session.execute(query).first()
    return None if row is None else _shown(row)


def newest_run(consultation_id: uuid.UUID) -> RunShown | None:
    return next(iter(runs_of(consultation_id, most=1)), None)


def _query(consultation_id: uuid.UUID) -> Select[ThemingRun, Job, str, uuid.UUID | None]:
    return (
        select(ThemingRun, Job, Officer.name, Consultation.current_run_id)
        .join(Consultation, Consultation.id == ThemingRun.consultation_id)
        .outerjoin(Job, Job.id == ThemingRun.job_id)
        .outerjoin(Officer, Officer.id == ThemingRun.officer_id)
        .where(ThemingRun.consultation_id == consultation_id)
    )


def _shown(row: Row[ThemingRun, Job, str, uuid.UUID | None]) -> RunShown:
    run, job, officer, current = row
    return RunShown(
        number=run.number,
        state=run.state,
        started_at=run.created_at,
        completed_at=run.completed_at,
        officer=officer,
        encoder=run.encoder,
        proposing=run.parameters.get("proposing", ""),
        engine_version=run.engine_version,
        sentences=run.parameters.get("sentences"),
        sentences_up_to=run.parameters.get("sentences_up_to"),
        figures=run.figures,
        in_use=run.id == current,
        job_id=run.job_id,
        done=job.done if job else 0,
        total=job.total if job else 0,
        step=job.step if job else "",
        error=job.error if job else "",
        stop_asked=bool(job and job.stop_asked),
        waiting=bool(job and job.state is JobState.QUEUED),
    )
