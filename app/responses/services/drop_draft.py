"""A person deletes their own draft."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation
from app.responses.refusals import AlreadySent
from app.responses.services.delete_draft import delete_drafts
from app.responses.services.lock import hold


def drop_draft(consultation: Consultation, response_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """Whole, with its link, also once the consultation has closed. Raises AlreadySent."""
    if hold(response_id).status is not ResponseStatus.DRAFT:
        raise AlreadySent
    delete_drafts([response_id])
    record(
        "dropped", actor=actor, now=now, subject="drafts", subject_id=consultation.id,
        subject_name=consultation.slug, consultation_id=consultation.id, details={"drafts": 1},
    )  # fmt: skip
    session.flush()
