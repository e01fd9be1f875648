"""What respondents asked, as they and officers read it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, select

from app.database import session
from app.enums import RequestKind, ResponseStatus
from app.models import Officer, RespondentRequest, Response
from app.responses.queries.pages import Page, cut, length, within


@dataclass(frozen=True, kw_only=True)
class OwnRequest:
    """As its sender sees it: without officers, and without an answer that is not finished."""

    case_number: str
    kind: RequestKind
    text: str
    asked_at: datetime
    due_on: date
    done_at: datetime | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    id: uuid.UUID
    case_number: str
    kind: RequestKind
    text: str
    asked_at: datetime
    due_on: date
    done_at: datetime | None
    answer: str
    version: int
    owner_id: uuid.UUID | None
    owner: str | None
    response_id: uuid.UUID
    reference: str
    status: ResponseStatus


def own_requests(response_id: uuid.UUID) -> list[OwnRequest]:
    """The newest first."""
    query = (
        select(RespondentRequest)
        .where(RespondentRequest.response_id == response_id)
        .order_by(RespondentRequest.asked_at.desc(), RespondentRequest.id.desc())
    )
    return [
        OwnRequest(
            case_number=row.case_number,
            kind=row.kind,
            text=row.text,
            asked_at=row.asked_at,
            due_on=row.due_on,
            done_at=row.done_at,
            answer=row.answer if row.done_at else "",
        )
        for row in session.scalars(query)
    ]


def requests_of(consultation_id: uuid.UUID, *, number: int = 1) -> Page[RequestRow]:
    """What waits first, the soonest due on top; then what is done, the newest on top."""
    chosen = _all(consultation_id)
    total = length(chosen.with_only_columns(RespondentRequest.id))
    number = within(number, total)
    done = RespondentRequest.done_at
    waits = case((done.is_(None), RespondentRequest.due_on))
    order = (done.is_not(None), waits, done.desc(), RespondentRequest.id)
    found = session.execute(cut(chosen.order_by(*order), number))
    return Page([_row(*row) for row in found], total, number)


def request_of(consultation_id: uuid.UUID, case_number: str) -> RequestRow | None:
    query = _all(consultation_id).where(RespondentRequest.case_number == case_number)
    found = session.execute(query).first()
    return _row(*found) if found else None


def _all(consultation_id: uuid.UUID) -> Any:
    return (
        select(RespondentRequest, Officer.name, Response.reference, Response.status)
        .join(Response, Response.id == RespondentRequest.response_id)
        .outerjoin(Officer, Officer.id == RespondentRequest.owner_id)
        .where(RespondentRequest.consultation_id == consultation_id)
    )


def _row(row: RespondentRequest, owner: str | None, reference: str, status: ResponseStatus) -> RequestRow:
    return RequestRow(
        id=row.id,
        case_number=row.case_number,
        kind=row.kind,
        text=row.text,
        asked_at=row.asked_at,
        due_on=row.due_on,
        done_at=row.done_at,
        answer=row.answer,
        version=row.version,
        owner_id=row.owner_id,
        owner=owner,
        response_id=row.response_id,
        reference=reference,
        status=status,
    )
