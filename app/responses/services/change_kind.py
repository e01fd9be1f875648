import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import RespondentKind, ResponseStatus
from app.models import Consultation
from app.responses.refusals import AlreadySent
from app.responses.services.lock import check_takes_drafts, hold, mark_changed, working_version


def change_kind(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    kind: RespondentKind,
    is_letter: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Answers that the other kind is not asked stay until it is sent. Raises NotOpen, and AlreadySent
    while a sent response is changed too: its kind is that of the version that counts."""
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    version = working_version(response)
    if response.status is ResponseStatus.SENT:
        raise AlreadySent
    mark_changed(version, now=now)
    letter = is_letter and kind is RespondentKind.ORGANISATION
    if (response.kind, response.is_letter) == (kind, letter):
        return
    response.kind, response.is_letter = kind, letter
    record(
        "changed_kind", actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=consultation.id, details={"kind": kind},
    )  # fmt: skip
    session.flush()
