"""The audit log, a page or a block at a time."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.queries.audit_comments import CommentOf, comments_of, on_comments_of
from app.accounts.queries.sentences import sentence, thing
from app.database import session
from app.models import AuditEvent, Officer

A_PAGE = 50
A_BLOCK = 1000
ACTORS = {"respondent": "A respondent", "system": "The system"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`consultation_id` none: what belongs to no consultation, such as signing in."""

    consultation_id: uuid.UUID | None
    officer_id: uuid.UUID | None = None
    thing: str | None = None
    name: str | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Entry:
    id: uuid.UUID
    at: datetime
    by: str
    about: str  # the kind of thing
    name: str
    sentence: str
    comment: CommentOf | None  # that it is about


@dataclass(frozen=True)
class AuditPage:
    """`newer` and `older` are the entries that the pages beside this one begin from; None: there is none."""

    entries: list[Entry]
    total: int
    newer: uuid.UUID | None
    older: uuid.UUID | None


def audit_page(
    asked: Asked, *, older_than: uuid.UUID | None = None, newer_than: uuid.UUID | None = None
) -> AuditPage:
    """The newest first, from an entry on: pages stay as they are while the log grows."""
    total = session.scalar(select(func.count()).select_from(AuditEvent).where(*_conditions(asked))) or 0
    beside = _beside(newer_than or older_than, asked, newer=newer_than is not None)
    back = newer_than is not None and beside is not None
    rows = _entries(asked, beside, upwards=back, most=A_PAGE + 1)
    further, entries = len(rows) > A_PAGE, rows[:A_PAGE]
    if back:
        entries.reverse()
    if not entries:
        return AuditPage([], total, None, None)
    there_is_newer = further if back else beside is not None
    there_is_older = True if back else further
    return AuditPage(
        entries, total, entries[0].id if there_is_newer else None, entries[-1].id if there_is_older else None
    )


def audit_entries(asked: Asked) -> Iterator[list[Entry]]:
    """All of them, the newest first, a block at a time."""
    beside = None
    while entries := _entries(asked, beside, upwards=False, most=A_BLOCK):
        yield entries
        last = entries[-1]
        beside = or_(AuditEvent.at < last.at, and_(AuditEvent.at == last.at, AuditEvent.id < last.id))


def _beside(event_id: uuid.UUID | None, asked: Asked, *, newer: bool) -> ColumnElement[bool] | None:
    """An entry that is not of this log begins no page."""
    if event_id is None:
        return None
    place = _place(asked.consultation_id)
    at = session.scalar(select(AuditEvent.at).where(AuditEvent.id == event_id, place))
    if at is None:
        return None
    same = AuditEvent.at == at
    if newer:
        return or_(AuditEvent.at > at, and_(same, AuditEvent.id > event_id))
    return or_(AuditEvent.at < at, and_(same, AuditEvent.id < event_id))


def _entries(asked: Asked, beside: ColumnElement[bool] | None, *, upwards: bool, most: int) -> list[Entry]:
    by, who = aliased(Officer), aliased(Officer)
    order = (
        (AuditEvent.at.asc(), AuditEvent.id.asc())
        if upwards
        else (AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    query = (
        select(AuditEvent, by.name, who.name)
        .outerjoin(by, by.id == AuditEvent.officer_id)
        .outerjoin(who, who.id == AuditEvent.subject_id)
        .where(*_conditions(asked), *([] if beside is None else [beside]))
        .order_by(*order)
        .limit(most)
    )
    rows = session.execute(query).all()
    comments = comments_of([event for event, _, _ in rows])
    return [_entry(event, by_name, who_name, comments.get(event.id)) for event, by_name, who_name in rows]


def things_in(consultation_id: uuid.UUID | None) -> list[str]:
    """The kinds of subject that the log has entries on."""
    found = select(AuditEvent.subject_kind).where(_place(consultation_id)).distinct()
    return sorted(session.scalars(found))


def officers_in(consultation_id: uuid.UUID | None) -> list[tuple[uuid.UUID, str]]:
    """Who the log has entries of, by name."""
    acted = select(AuditEvent.officer_id).where(_place(consultation_id))
    found = session.execute(
        select(Officer.id, Officer.name).where(Officer.id.in_(acted)).order_by(Officer.name)
    )
    return [(officer_id, name) for officer_id, name in found]


def _place(consultation_id: uuid.UUID | None) -> ColumnElement[bool]:
    if consultation_id is None:
        return AuditEvent.consultation_id.is_(None)
    return AuditEvent.consultation_id == consultation_id


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [_place(asked.consultation_id)]
    if asked.officer_id:
        found.append(AuditEvent.officer_id == asked.officer_id)
    if asked.thing:
        found.append(AuditEvent.subject_kind == asked.thing)
    if asked.name:
        named = func.lower(AuditEvent.subject_name) == asked.name.lower()
        here = asked.consultation_id
        found.append(or_(named, on_comments_of(asked.name, here)) if here else named)
    if asked.since:
        found.append(AuditEvent.at >= asked.since)
    if asked.before:
        found.append(AuditEvent.at < asked.before)
    return found


def _entry(event: AuditEvent, by: str | None, who: str | None, comment: CommentOf | None) -> Entry:
    name = by or ACTORS.get(event.actor, event.actor.capitalize())
    return Entry(
        id=event.id,
        at=event.at,
        by=name,
        about=thing(event.subject_kind),
        name=event.subject_name,
        sentence=sentence(
            subject=event.subject_kind,
            action=event.action,
            name=event.subject_name,
            who=who or "an officer",
            details=event.details,
            by=name,
            reference=comment.reference if comment else None,
        ),
        comment=comment,
    )
