"""The audit log, one page at a time."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.accounts.queries.sentences import sentence
from app.database import session
from app.models import AuditEvent, Officer

A_PAGE = 50
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
    sentence: str


@dataclass(frozen=True)
class AuditPage:
    entries: list[Entry]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def audit_page(asked: Asked, *, number: int) -> AuditPage:
    """The newest first. A number past the end gives the last page."""
    conditions = _conditions(asked)
    total = session.scalar(select(func.count()).select_from(AuditEvent).where(*conditions)) or 0
    number = min(max(number, 1), max(1, -(-total // A_PAGE)))
    by, who = aliased(Officer), aliased(Officer)
    rows = session.execute(
        select(AuditEvent, by.name, who.name)
        .outerjoin(by, by.id == AuditEvent.officer_id)
        .outerjoin(who, who.id == AuditEvent.subject_id)
        .where(*conditions)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(A_PAGE)
        .offset((number - 1) * A_PAGE)
    )
    return AuditPage([_entry(event, by_name, who_name) for event, by_name, who_name in rows], total, number)


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
        found.append(func.lower(AuditEvent.subject_name) == asked.name.lower())
    if asked.since:
        found.append(AuditEvent.at >= asked.since)
    if asked.before:
        found.append(AuditEvent.at < asked.before)
    return found


def _entry(event: AuditEvent, by: str | None, who: str | None) -> Entry:
    return Entry(
        id=event.id,
        at=event.at,
        sentence=sentence(
            subject=event.subject_kind,
            action=event.action,
            name=event.subject_name,
            who=who or "an officer",
            details=event.details,
            by=by or ACTORS.get(event.actor, event.actor.capitalize()),
        ),
    )
