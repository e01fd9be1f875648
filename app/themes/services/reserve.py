"""Who reads which comment: two officers never get the same one from a queue."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update

from app.database import session
from app.models import Comment, Reading
from app.themes.queries.queues import Queue, in_order
from app.themes.wanted import Wanted, as_draft

HELD = timedelta(minutes=10)


def reserve_next(
    consultation_id: uuid.UUID,
    *,
    queue: Queue,
    officer_id: uuid.UUID,
    now: datetime,
    after: uuid.UUID | None = None,
) -> uuid.UUID | None:
    """The next comment of the queue, held for this officer; None at its end."""
    for comment_id in in_order(consultation_id, queue, after=after, offered=_offered(officer_id, after, now)):
        if _hold(comment_id, officer_id, now):
            return comment_id
    return None


def reserve_this(comment_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime) -> bool:
    """False when another officer holds it."""
    return _hold(comment_id, officer_id, now)


def skip(comment_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime) -> None:
    """Left undecided, with its draft: not offered to this officer again until they start anew."""
    row = _reading(comment_id, officer_id)
    row.skipped_at, row.reserved_until = now, None
    session.flush()


def start_anew(consultation_id: uuid.UUID, *, officer_id: uuid.UUID) -> None:
    """What this officer skipped is offered again."""
    here = select(Comment.id).where(Comment.consultation_id == consultation_id)
    session.execute(
        update(Reading)
        .where(
            Reading.officer_id == officer_id, Reading.skipped_at.is_not(None), Reading.comment_id.in_(here)
        )
        .values(skipped_at=None),
        execution_options={"synchronize_session": False},
    )


def keep_draft(comment_id: uuid.UUID, *, wanted: Wanted, officer_id: uuid.UUID, now: datetime) -> None:
    """Ticks that are not saved: nothing is decided by them, and nothing lost with the page."""
    row = _reading(comment_id, officer_id)
    row.draft = as_draft(wanted)
    if not _held_by_another(comment_id, officer_id, now):
        row.reserved_until = now + HELD
    session.flush()


def finish_reading(comment_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime) -> str | None:
    """Read whole by this officer. When they had read it before, if they had."""
    row = _reading(comment_id, officer_id)
    before = row.read_at.isoformat() if row.read_at else None
    row.read_at, row.reserved_until, row.skipped_at, row.draft = now, None, None, None
    session.flush()
    return before


def draft_of(comment_id: uuid.UUID, *, officer_id: uuid.UUID) -> dict[str, Any] | None:
    query = select(Reading.draft).where(Reading.comment_id == comment_id, Reading.officer_id == officer_id)
    return session.scalar(query)


def _offered(officer_id: uuid.UUID, after: uuid.UUID | None, now: datetime) -> ColumnElement[bool]:
    kept = exists().where(
        Reading.comment_id == Comment.id,
        ((Reading.officer_id != officer_id) & (Reading.reserved_until > now))
        | ((Reading.officer_id == officer_id) & Reading.skipped_at.is_not(None)),
    )
    return ~kept if after is None else ~kept & (Comment.id != after)


def _hold(comment_id: uuid.UUID, officer_id: uuid.UUID, now: datetime) -> bool:
    """The row of the comment is locked first: of two officers who come at once, one takes the next."""
    locked = select(Comment.id).where(Comment.id == comment_id).with_for_update(skip_locked=True)
    if session.scalar(locked) is None or _held_by_another(comment_id, officer_id, now):
        return False
    row = _reading(comment_id, officer_id)
    row.reserved_until = now + HELD
    session.flush()
    return True


def _held_by_another(comment_id: uuid.UUID, officer_id: uuid.UUID, now: datetime) -> bool:
    query = select(Reading.id).where(
        Reading.comment_id == comment_id, Reading.officer_id != officer_id, Reading.reserved_until > now
    )
    return session.scalar(query.limit(1)) is not None


def _reading(comment_id: uuid.UUID, officer_id: uuid.UUID) -> Reading:
    query = select(Reading).where(Reading.comment_id == comment_id, Reading.officer_id == officer_id)
    row = session.scalars(query).one_or_none()
    if row is None:
        row = Reading(comment_id=comment_id, officer_id=officer_id)
        session.add(row)
    return row
