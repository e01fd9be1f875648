import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.database import after_commit, session
from app.jobs.wake import ring
from app.models import Job


def enqueue(
    kind: str,
    *,
    arguments: dict[str, Any],
    now: datetime,
    consultation_id: uuid.UUID | None = None,
    officer_id: uuid.UUID | None = None,
    idempotency_key: str | None = None,
) -> Job:
    """Put work in the ledger, in the transaction of whatever asked for it; the worker is woken after that.

    The same idempotency key gives the job that is there already, in whatever state it is.
    """
    found = _same(idempotency_key)
    if found is not None:
        return found
    job = Job(
        kind=kind,
        arguments=arguments,
        run_after=now,
        consultation_id=consultation_id,
        officer_id=officer_id,
        idempotency_key=idempotency_key,
    )
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        found = _same(idempotency_key)
        if found is None:
            raise
        return found
    after_commit(ring)
    return job


def _same(idempotency_key: str | None) -> Job | None:
    if idempotency_key is None:
        return None
    return session.scalar(select(Job).where(Job.idempotency_key == idempotency_key))
