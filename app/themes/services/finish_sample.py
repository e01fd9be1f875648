"""The second coder is through: from here on their codes stand, and a job measures how far the two agree."""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.jobs.services.enqueue import enqueue
from app.models import CheckSample
from app.themes.queries.check_samples import Sample, next_to_read
from app.themes.refusals import SampleNotRead

AGREEMENT: Final = "agreement"


def finish_sample(sample: Sample, *, actor: Actor, now: datetime) -> None:
    """Finished twice, it is finished once. Raises SampleNotRead while comments are left."""
    row = _locked(sample.id)
    if row.finished_at is not None:
        return
    if next_to_read(sample) is not None:
        raise SampleNotRead
    row.finished_at = now
    enqueue(
        AGREEMENT,
        arguments={"sample": str(row.id)},
        now=now,
        consultation_id=row.consultation_id,
        officer_id=actor.officer_id,
        idempotency_key=f"{AGREEMENT}:{row.id}",
    )
    session.flush()
    record(
        "finished", actor=actor, now=now, subject="check_sample", subject_id=row.id,
        consultation_id=row.consultation_id, details={"comments": sample.size},
    )  # fmt: skip


def _locked(sample_id: uuid.UUID) -> CheckSample:
    query = select(CheckSample).where(CheckSample.id == sample_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()
