"""A petition is one response with its signatories, who are never added to responses."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.cleaning.refusals import CleaningRefused, PetitionChanged, PetitionThere
from app.database import session
from app.enums import ResponseStatus
from app.models import Petition, Response

Seen = tuple[str, int]  # title and signatories as the page showed them


def record_petition(
    consultation_id: uuid.UUID,
    *,
    reference: str,
    title: str,
    signatories: int,
    seen: Seen | None,
    actor: Actor,
    now: datetime,
) -> Petition:
    """Recorded before, it is corrected if the officer has `seen` what goes. Raises CleaningRefused."""
    response = _response(consultation_id, reference)
    row = _recorded(response)
    if row is not None and (row.title, row.signatories) not in (seen, (title.strip(), signatories)):
        raise PetitionThere(row.title, row.signatories)
    if row is None:
        row = Petition(response_id=response.id, title=title.strip(), signatories=signatories)
        session.add(row)
    row.title, row.signatories = title.strip(), signatories
    _note("recorded", response, actor=actor, now=now, signatories=signatories)
    return row


def not_a_petition(
    consultation_id: uuid.UUID, *, reference: str, seen: Seen | None, actor: Actor, now: datetime
) -> None:
    """Raises CleaningRefused, also when it is not what the officer has `seen`."""
    response = _response(consultation_id, reference)
    row = _recorded(response)
    if row is None:
        return
    if (row.title, row.signatories) != seen:
        raise PetitionChanged
    session.delete(row)
    _note("took back", response, actor=actor, now=now, signatories=row.signatories)


def _recorded(response: Response) -> Petition | None:
    query = select(Petition).where(Petition.response_id == response.id)
    return session.scalar(query.execution_options(populate_existing=True))


def _response(consultation_id: uuid.UUID, reference: str) -> Response:
    query = select(Response).where(
        Response.consultation_id == consultation_id,
        Response.reference == reference.strip().upper(),
        Response.status == ResponseStatus.SENT,
        Response.is_test.is_(False),
    )
    found = session.scalar(query.with_for_update())
    if found is None:
        raise CleaningRefused("Enter the reference of a response that was sent")
    return found


def _note(action: str, response: Response, *, actor: Actor, now: datetime, signatories: int) -> None:
    session.flush()
    record(
        action, actor=actor, now=now, subject="petition", subject_id=response.id,
        subject_name=response.reference, consultation_id=response.consultation_id,
        details={"signatories": signatories},
    )  # fmt: skip
