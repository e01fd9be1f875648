"""The tables an officer has asked for, and whether they can be fetched."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row, Select, and_, func, or_, select

from app.database import session
from app.enums import JobState
from app.models import AuditEvent, Job
from app.reporting.files.tables import FORMATS, TABLES, Table

KEPT: Final = timedelta(hours=24)
SHOWN: Final = 20


@dataclass(frozen=True, kw_only=True)
class Export:
    """`ready`: the file is there to fetch."""

    id: uuid.UUID
    table: Table
    form: str
    state: JobState
    done: int
    total: int
    rows: int
    error: str
    asked_at: datetime
    until: datetime | None
    path: Path
    ready: bool

    @property
    def format(self) -> str:
        return FORMATS[self.form]

    @property
    def running(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


def exports_of(consultation_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime) -> list[Export]:
    """The newest first."""
    taken = _words_taken_away(consultation_id)
    query = _query(consultation_id, officer_id).order_by(Job.id.desc()).limit(SHOWN)
    return [_export(row, taken, now) for row in session.execute(query)]


def export_of(
    consultation_id: uuid.UUID, job_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime
) -> Export | None:
    row = session.execute(_query(consultation_id, officer_id).where(Job.id == job_id)).first()
    return None if row is None else _export(row, _words_taken_away(consultation_id), now)


def _query(consultation_id: uuid.UUID, officer_id: uuid.UUID) -> Select[Any]:
    columns = (Job.id, Job.state, Job.arguments, Job.result, Job.done, Job.total, Job.error)
    return select(*columns, Job.created_at, Job.started_at, Job.finished_at).where(
        Job.consultation_id == consultation_id, Job.officer_id == officer_id, Job.kind == "export"
    )


def _words_taken_away(consultation_id: uuid.UUID) -> datetime | None:
    """When words of a response last went or were hidden here: a file may hold what nobody is to read."""
    gone = and_(AuditEvent.subject_kind == "response", AuditEvent.action.in_(("erased", "withdrawn")))
    return session.scalar(
        select(func.max(AuditEvent.at)).where(
            AuditEvent.consultation_id == consultation_id, or_(AuditEvent.subject_kind == "words", gone)
        )
    )


def _export(row: Row[Any], taken: datetime | None, now: datetime) -> Export:
    until = row.finished_at + KEPT if row.finished_at else None
    path = Path(row.arguments["path"])
    fresh = until is not None and now < until and not (taken and row.started_at and taken >= row.started_at)
    return Export(
        id=row.id,
        table=TABLES[row.arguments["table"]],
        form=row.arguments["form"],
        state=row.state,
        done=row.done,
        total=row.total,
        rows=row.result.get("rows", 0),
        error=row.error,
        asked_at=row.created_at,
        until=until,
        path=path,
        ready=row.state is JobState.DONE and fresh and path.is_file(),
    )
