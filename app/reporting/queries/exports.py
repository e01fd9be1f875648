"""The tables an officer has asked for, and whether they can be fetched."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row, Select, select

from app.database import session
from app.enums import JobState
from app.models import AuditEvent, Job
from app.reporting.files.tables import FORMATS, TABLES, Table

KEPT: Final = timedelta(hours=24)
SHOWN: Final = 20
# After these a file may hold words that nobody is to read any more.
TAKES_WORDS_AWAY: Final = (
    ("response", ("erased", "withdrawn")),
    ("comment", ("redacted",)),
    ("redaction", ("added", "accepted", "redacted")),
)


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
    """When words were last erased or hidden here."""
    times = [
        session.scalar(
            select(AuditEvent.at)
            .where(
                AuditEvent.consultation_id == consultation_id,
                AuditEvent.subject_kind == subject,
                AuditEvent.action.in_(actions),
            )
            .order_by(AuditEvent.at.desc())
            .limit(1)
        )
        for subject, actions in TAKES_WORDS_AWAY
    ]
    return max((at for at in times if at is not None), default=None)


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
