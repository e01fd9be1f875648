"""Withdrawing a response: its line stays, and counts as withdrawn; nothing of it is read or counted again."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import SYSTEM, Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation, Exclusion, Response, ResponseVersion
from app.responses.refusals import NotSent
from app.responses.services.delete_draft import delete_personal, delete_versions
from app.responses.services.lock import check_takes_drafts, hold

STAYER_WITHDRAWN = "The response that counted instead was withdrawn"


def withdraw(consultation: Consultation, response_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """Its address, its equality answers and a change that was not sent are deleted. Withdrawn already:
    nothing happens. Raises NotOpen, NotSent."""
    response = hold(response_id)
    if response.status is ResponseStatus.WITHDRAWN:
        return
    if response.status is not ResponseStatus.SENT:
        raise NotSent
    check_takes_drafts(consultation, now=now)
    delete_versions(ResponseVersion.response_id == response.id)
    delete_personal([response.id])
    response.status, response.withdrawn_at = ResponseStatus.WITHDRAWN, now
    _record("withdrawn", response, actor=actor, now=now)
    _count_again(response, now=now)
    session.flush()


def _count_again(withdrawn: Response, *, now: datetime) -> None:
    """Responses that were left out because this one counted: as its duplicates, or combined with it."""
    query = (
        select(Response, Exclusion)
        .join(Exclusion, Exclusion.response_id == Response.id)
        .where(Exclusion.stays_id == withdrawn.id, Exclusion.reversed_at.is_(None))
        .order_by(Response.id)
        .with_for_update()
    )
    for response, exclusion in session.execute(query).all():
        exclusion.reversed_at, exclusion.reversed_note = now, STAYER_WITHDRAWN
        _record("restored", response, actor=SYSTEM, now=now)


def _record(action: str, response: Response, *, actor: Actor, now: datetime) -> None:
    record(
        action, actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=response.consultation_id,
    )  # fmt: skip
