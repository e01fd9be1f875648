"""An officer takes a respondent's request and answers it."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.database import session
from app.models import RespondentRequest
from app.responses.intake import normalise
from app.responses.services.ask import note_request


class RequestRefused(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class RequestChanged(RequestRefused):
    def __init__(self) -> None:
        super().__init__("Another officer changed this request meanwhile. Read what it says now, then save.")


class AnswerMissing(RequestRefused):
    def __init__(self) -> None:
        super().__init__("Write the answer before you mark the request as done")


def take(request_id: uuid.UUID, *, seen: int, actor: Actor, now: datetime) -> RespondentRequest:
    """The officer answers for it from now on. Raises RequestChanged."""
    row = _held(request_id, seen)
    if row.owner_id != actor.officer_id:
        row.owner_id = actor.officer_id
        session.flush()
        note_request("took", row, actor=actor, now=now)
    return row


def answer(
    request_id: uuid.UUID, *, text: str, done: bool, seen: int, actor: Actor, now: datetime
) -> RespondentRequest:
    """The sender of the response reads the answer once it is done. Raises RequestRefused.

    `seen` is the version that the officer's page showed.
    """
    row = _held(request_id, seen)
    words = normalise(text)
    if done and not words:
        raise AnswerMissing
    row.answer = words
    row.owner_id = row.owner_id or actor.officer_id
    row.done_at, row.done_by_id = (row.done_at or now, actor.officer_id) if done else (None, None)
    session.flush()
    note_request("finished" if done else "wrote on", row, actor=actor, now=now)
    return row


def _held(request_id: uuid.UUID, seen: int) -> RespondentRequest:
    query = select(RespondentRequest).where(RespondentRequest.id == request_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.version != seen:
        raise RequestChanged
    return row
