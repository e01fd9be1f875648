"""That an officer looked at results before closing."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models import AuditEvent

# A page with a running job fetches itself every three seconds; that is one look, not twenty.
SAME_LOOK = timedelta(minutes=1)


def note_look(
    own: Session, *, consultation_id: uuid.UUID, officer_id: uuid.UUID, page: str, now: datetime
) -> None:
    """In a short transaction of its own: the page must not fail for it."""
    before = exists().where(
        AuditEvent.consultation_id == consultation_id,
        AuditEvent.at > now - SAME_LOOK,
        AuditEvent.officer_id == officer_id,
        AuditEvent.action == "looked",
        AuditEvent.subject_name == page,
    )
    if own.scalar(select(before)):
        return
    own.add(
        AuditEvent(
            consultation_id=consultation_id,
            officer_id=officer_id,
            actor="officer",
            action="looked",
            subject_kind="results",
            subject_id=consultation_id,
            subject_name=page,
            at=now,
        )
    )
