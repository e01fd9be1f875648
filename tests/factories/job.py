from datetime import UTC, datetime
from typing import Any

from app.database import session
from app.models import Job


def a_job(**given: Any) -> Job:
    """Queued, and due on the tests' clock."""
    columns: dict[str, Any] = {"kind": "counting", "run_after": datetime(2026, 6, 15, 9, 0, tzinfo=UTC)}
    job = Job(**{**columns, **given})
    session.add(job)
    session.flush()
    return job
