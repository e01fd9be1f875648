"""What the sender of a response asks about it: kept with a case number and the day the answer is due."""

import calendar
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import RequestKind
from app.models import Consultation, RespondentRequest
from app.responses.intake import normalise
from app.responses.references import new_reference
from app.responses.services.lock import hold

MOST_OPEN = 10  # of one response: whoever has more to say can say it in one


class TooManyRequests(Exception):
    """Nothing is stored: this response has MOST_OPEN requests that wait for an answer."""


def ask(
    response_id: uuid.UUID, *, kind: RequestKind, text: str, actor: Actor, now: datetime
) -> RespondentRequest:
    """The same words asked twice, by a second press or a retry, are one request. Raises TooManyRequests."""
    response = hold(response_id)
    words = normalise(text)
    same = _waiting(response_id, RespondentRequest.kind == kind, RespondentRequest.text == words)
    if found := session.scalar(same.limit(1)):
        return found
    if (session.scalar(select(func.count()).select_from(_waiting(response_id).subquery())) or 0) >= MOST_OPEN:
        raise TooManyRequests
    zone = ZoneInfo(session.get_one(Consultation, response.consultation_id).timezone)
    row = RespondentRequest(
        consultation_id=response.consultation_id,
        response_id=response_id,
        kind=kind,
        case_number=_case_number(),
        text=words,
        asked_at=now,
        due_on=one_month_on(now.astimezone(zone).date()),
    )
    session.add(row)
    session.flush()
    note_request("asked", row, actor=actor, now=now)
    return row


def one_month_on(day: date) -> date:
    """The same day of the next month, or its last day: 31 January gives 28 or 29 February."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def note_request(action: str, row: RespondentRequest, *, actor: Actor, now: datetime) -> None:
    """Without a word of what was asked or answered."""
    record(
        action,
        actor=actor,
        now=now,
        subject="request",
        subject_id=row.id,
        subject_name=row.case_number,
        consultation_id=row.consultation_id,
        details={"kind": row.kind.value},
    )


def _waiting(response_id: uuid.UUID, *conditions: ColumnElement[bool]) -> Select[RespondentRequest]:
    return select(RespondentRequest).where(
        RespondentRequest.response_id == response_id, RespondentRequest.done_at.is_(None), *conditions
    )


def _case_number() -> str:
    while True:
        drawn = new_reference("CASE")
        taken = select(RespondentRequest.id).where(RespondentRequest.case_number == drawn)
        if session.scalar(taken) is None:
            return drawn
