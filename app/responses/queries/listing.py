"""The list of responses. What it holds is the select behind the numbers, narrowed by words if asked."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.counting.behind import ResponseFilter, responses_behind
from app.counting.standing import Standing, stands
from app.database import session
from app.enums import Channel, ExclusionReason, Publication, RespondentKind, ResponseStatus
from app.models import Comment, Exclusion, Response
from app.responses.queries.pages import Page, cut, length, within
from app.responses.queries.search import comment_matches


class Order(StrEnum):
    SENT = "sent"
    REFERENCE = "reference"
    KIND = "kind"
    AREA = "area"
    CHANNEL = "channel"


COLUMNS: dict[Order, Any] = {
    Order.SENT: Response.sent_at,
    Order.REFERENCE: Response.reference,
    Order.KIND: Response.kind,
    Order.AREA: Response.area,
    Order.CHANNEL: Response.channel,
}


@dataclass(frozen=True, kw_only=True)
class ResponseList:
    """What was asked for. `counted` alone decides the number that a page elsewhere shows."""

    counted: ResponseFilter = field(default_factory=lambda: ResponseFilter(standing=Standing.RECEIVED))
    words: str = ""
    late: bool | None = None
    publication: Publication | None = None
    order: Order = Order.SENT
    descending: bool = True
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class ResponseRow:
    reference: str
    kind: RespondentKind
    organisation_name: str | None
    organisation_type: str | None
    area: str | None
    channel: Channel
    late: bool
    sent_at: datetime | None
    standing: Standing
    reason: ExclusionReason | None
    comments: int


def responses_page(consultation_id: uuid.UUID, asked: ResponseList) -> Page[ResponseRow]:
    """Three queries, however many rows."""
    chosen = _chosen(consultation_id, asked)
    total = length(chosen)
    number = within(asked.page, total)
    column = COLUMNS[asked.order]
    ordered = cut(
        chosen.with_only_columns(Response, stands, Exclusion.reason).order_by(
            (column.desc() if asked.descending else column.asc()).nulls_last(), Response.id
        ),
        number,
    )
    found = session.execute(ordered).all()
    comments = _comments_of(response.id for response, _, _ in found)
    return Page(
        [_row(response, standing, reason, comments) for response, standing, reason in found], total, number
    )


def _chosen(consultation_id: uuid.UUID, asked: ResponseList) -> Select[Any]:
    chosen = responses_behind(consultation_id, asked.counted)
    if asked.late is not None:
        chosen = chosen.where(Response.late.is_(asked.late))
    if asked.publication is not None:
        chosen = chosen.where(Response.publication == asked.publication)
    return chosen.where(_matches(asked.words)) if asked.words.strip() else chosen


def _matches(typed: str) -> ColumnElement[bool]:
    """In its comments, or its reference as printed on the confirmation. Words that were withdrawn are not
    looked through: to be found by them is to be read."""
    wrote = exists().where(
        Comment.response_id == Response.id,
        Comment.is_current,
        Response.status == ResponseStatus.SENT,
        comment_matches(typed),
    )
    return or_(wrote, func.upper(Response.reference).startswith(typed.strip().upper(), autoescape=True))


def _comments_of(response_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = (
        select(Comment.response_id, func.count())
        .where(Comment.response_id.in_(list(response_ids)), Comment.is_current)
        .group_by(Comment.response_id)
    )
    return {response_id: count for response_id, count in session.execute(query)}


def _row(
    response: Response, standing: str, reason: ExclusionReason | None, comments: dict[uuid.UUID, int]
) -> ResponseRow:
    return ResponseRow(
        reference=response.reference,
        kind=response.kind,
        organisation_name=response.organisation_name,
        organisation_type=response.organisation_type,
        area=response.area,
        channel=response.channel,
        late=response.late,
        sent_at=response.sent_at,
        standing=Standing(standing),
        reason=reason,
        comments=comments.get(response.id, 0),
    )
