import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import RespondentKind
from app.models import Consultation
from app.responses.services.lock import check_takes_drafts, hold, working_version


def change_kind(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    kind: RespondentKind,
    is_letter: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Answers that the other kind is not asked stay until it is sent. Raises NotOpen, AlreadySent."""
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    working_version(response)
    letter = is_letter and kind is RespondentKind.ORGANISATION
    if (response.kind, response.is_letter) == (kind, letter):
        return
    response.kind, response.is_letter = kind, letter
    record(
        "changed_kind", actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=consultation.id, details={"kind": kind},
    )  # fmt: skip
    session.flush()
