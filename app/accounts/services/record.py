import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.database import session
from app.models import AuditEvent


def record(
    action: str,
    *,
    actor: Actor,
    now: datetime,
    subject: str,
    subject_id: uuid.UUID | None = None,
    subject_name: str = "",
    consultation_id: uuid.UUID | None = None,
    details: dict[str, object] | None = None,
) -> AuditEvent:
    """One row in the audit log, in the transaction of what it records.

    `action` is a past-tense verb ("added", "sent"); `subject` a kind ("response", "theme"). Details hold ids,
    field names and numbers, never the text of a response.
    """
    event = AuditEvent(
        consultation_id=consultation_id,
        officer_id=actor.officer_id,
        actor=actor.kind,
        action=action,
        subject_kind=subject,
        subject_id=subject_id,
        subject_name=subject_name,
        at=now,
        details=details or {},
    )
    session.add(event)
    return event
