from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.database import session
from app.enums import JobState
from app.jobs.lease import ended
from app.models import Job


def due(kinds: Collection[str], *, lease: float, now: datetime) -> ColumnElement[bool]:
    """Queued and due by the application's clock, or left behind by a worker whose lease has ended."""
    return and_(
        Job.kind.in_(kinds),
        or_(
            and_(Job.state == JobState.QUEUED, Job.run_after <= now),
            and_(Job.state == JobState.RUNNING, ended(lease)),
        ),
    )


def any_due(kinds: Collection[str], *, lease: float, now: datetime) -> bool:
    """Looked at before claiming, so that an idle worker never takes SQLite's write lock."""
    found = session.scalar(select(exists().where(due(kinds, lease=lease, now=now))))
    session.rollback()
    return bool(found)
