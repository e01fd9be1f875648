"""Which response an entry on a comment is about. Entries hold the ids of comments, never their response."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.accounts.queries.second_readings import read_twice
from app.accounts.queries.sentences import ABOUT_A_COMMENT
from app.database import blocks, session
from app.enums import ResponseStatus
from app.models import AuditEvent, Comment, Response


@dataclass(frozen=True)
class CommentOf:
    """`readable`: it has a page; what was replaced, withdrawn or erased has none."""

    id: uuid.UUID
    reference: str
    readable: bool


def comments_of(events: Sequence[AuditEvent]) -> dict[uuid.UUID, CommentOf]:
    """By the id of the event. None of a comment that is being read a second time: neither coder learns what
    the other made of it."""
    asked = {event.id: key for event in events if (key := _comment_id(event)) is not None}
    places = {event.consultation_id for event in events if event.consultation_id}
    found: dict[uuid.UUID, CommentOf] = {}
    for block in blocks(sorted(set(asked.values()) - read_twice(places))):
        query = (
            select(Comment.id, Response.reference, Comment.is_current, Response.status)
            .join(Response, Response.id == Comment.response_id)
            .where(Comment.id.in_(block))
        )
        for key, reference, current, status in session.execute(query):
            found[key] = CommentOf(key, reference, current and status is ResponseStatus.SENT)
    return {event_id: found[key] for event_id, key in asked.items() if key in found}


def on_comments_of(reference: str, consultation_id: uuid.UUID) -> ColumnElement[bool]:
    """Entries on the comments of the response."""
    query = (
        select(Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Response.consultation_id == consultation_id, Response.reference == reference.upper())
    )
    ids = set(session.scalars(query)) - read_twice({consultation_id})
    told = AuditEvent.details["comment"].as_string()
    return or_(
        AuditEvent.subject_id.in_(ids) & AuditEvent.subject_kind.in_(ABOUT_A_COMMENT),
        told.in_({str(key) for key in ids}),
    )


def _comment_id(event: AuditEvent) -> uuid.UUID | None:
    """Several suggestions of one theme are of as many comments."""
    details: Mapping[str, Any] = event.details
    if "comment" in details:
        return uuid.UUID(str(details["comment"]))
    several = event.subject_name and len(details.get("suggestions", ())) > 1
    return None if several or event.subject_kind not in ABOUT_A_COMMENT else event.subject_id
