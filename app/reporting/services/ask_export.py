"""Asking for a table: a job that makes the file, and one line in the audit log."""

from datetime import datetime
from pathlib import Path
from typing import Final

from uuid6 import uuid7

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.jobs.services.enqueue import enqueue
from app.models import Consultation, Job
from app.reporting.files.tables import FORMATS, Table

EXPORT: Final = "export"


def ask_export(
    table: Table, *, form: str, folder: Path, consultation: Consultation, actor: Actor, now: datetime
) -> Job:
    """`folder`: where the worker puts the file and the web finds it."""
    if form not in FORMATS:
        raise ValueError(form)
    if actor.officer_id is None:
        raise PermissionError("only an officer exports")
    job = enqueue(
        EXPORT,
        arguments={
            "table": table.key,
            "form": form,
            "path": str(folder / f"{uuid7().hex}.{form}"),
            "zone": consultation.timezone,
        },
        now=now,
        consultation_id=consultation.id,
        officer_id=actor.officer_id,
    )
    session.flush()
    record(
        "asked for", actor=actor, now=now, subject="export", subject_id=job.id,
        subject_name=f"{table.title}, {FORMATS[form]}", consultation_id=consultation.id,
    )  # fmt: skip
    return job
