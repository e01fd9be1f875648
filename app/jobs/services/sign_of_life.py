"""The worker's sign of life, in a transaction of its own."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.models import WorkerSign

FORGOTTEN_AFTER = timedelta(days=1)


def sign(own: Session, *, name: str, now: datetime) -> None:
    signed = own.execute(
        update(WorkerSign).where(WorkerSign.name == name).values(seen_at=now).returning(WorkerSign.id)
    ).first()
    if signed is None:
        own.add(WorkerSign(name=name, seen_at=now))
        own.execute(delete(WorkerSign).where(WorkerSign.seen_at < now - FORGOTTEN_AFTER))


def sign_off(own: Session, *, name: str) -> None:
    own.execute(delete(WorkerSign).where(WorkerSign.name == name))
