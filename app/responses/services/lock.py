"""Whoever changes a response holds its row first, so that two presses happen one after the other."""

import uuid
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import flag_modified

from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation, Response, ResponseVersion
from app.responses.refusals import AlreadySent, NoLongerThere, NotOpen

# Made once: whatever is saved, sent or withdrawn asks.
_HELD = (
    select(Response)
    .where(Response.id == bindparam("wanted"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_BEING_WRITTEN = (
    select(ResponseVersion)
    .where(ResponseVersion.response_id == bindparam("its"), ResponseVersion.sent_at.is_(None))
    .execution_options(populate_existing=True)
)


def hold(response_id: uuid.UUID) -> Response:
    """As it is now, whatever this session read before. Raises NoLongerThere."""
    found = session.scalars(_HELD, {"wanted": response_id}).one_or_none()
    if found is None:
        raise NoLongerThere
    return found


def working_version(response: Response) -> ResponseVersion:
    """Of a draft, or of a sent response that is being changed. Raises AlreadySent where there is none."""
    return must_be_written(response, version_being_written(response))


def must_be_written(response: Response, found: ResponseVersion | None) -> ResponseVersion:
    """`found` is what is being written of it. Raises AlreadySent."""
    if found is None or response.status not in (ResponseStatus.DRAFT, ResponseStatus.SENT):
        raise AlreadySent
    return found


def version_being_written(response: Response) -> ResponseVersion | None:
    return session.scalar(_BEING_WRITTEN, {"its": response.id})


def mark_changed(version: ResponseVersion, *, now: datetime) -> None:
    """By the application's clock, also where that stands still: a column that is set to what it was would be
    left out of the statement, and the model's own default would fill it with the machine's time."""
    version.updated_at = now
    flag_modified(version, "updated_at")


def check_takes_drafts(consultation: Consultation, *, now: datetime) -> None:
    """A draft may be finished until the grace ends. Raises NotOpen."""
    if window(consultation, now=now) not in (Window.OPEN, Window.GRACE):
        raise NotOpen
