"""Whoever changes a response holds its row first, so that two presses happen one after the other."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation, Response, ResponseVersion
from app.responses.refusals import AlreadySent, NotOpen


def hold(response_id: uuid.UUID) -> Response:
    """As it is now, whatever this session read before."""
    return session.scalars(
        select(Response)
        .where(Response.id == response_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def working_version(response: Response) -> ResponseVersion:
    """Raises AlreadySent where no version is being written."""
    found = session.scalar(
        select(ResponseVersion)
        .where(ResponseVersion.response_id == response.id, ResponseVersion.sent_at.is_(None))
        .execution_options(populate_existing=True)
    )
    if found is None or response.status is not ResponseStatus.DRAFT:
        raise AlreadySent
    return found


def check_takes_drafts(consultation: Consultation, *, now: datetime) -> None:
    """A draft may be finished until the grace ends. Raises NotOpen."""
    if window(consultation, now=now) not in (Window.OPEN, Window.GRACE):
        raise NotOpen
