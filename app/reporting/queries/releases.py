import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.database import session
from app.enums import ReleaseState
from app.models import Officer, ReportRelease

_publisher = aliased(Officer)


@dataclass(frozen=True)
class ReleaseRow:
    """A release without its document."""

    id: uuid.UUID
    number: int
    state: ReleaseState
    interim: bool
    sha256: str
    frozen_at: datetime
    frozen_by: str
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


def releases_of(consultation_id: uuid.UUID) -> list[ReleaseRow]:
    """The newest first."""
    query = (
        select(
            ReportRelease.id,
            ReportRelease.number,
            ReportRelease.state,
            ReportRelease.interim,
            ReportRelease.sha256,
            ReportRelease.frozen_at,
            Officer.name,
            ReportRelease.published_at,
            _publisher.name,
            ReportRelease.withdrawn_at,
            ReportRelease.withdrawn_reason,
        )
        .join(Officer, Officer.id == ReportRelease.frozen_by_id)
        .outerjoin(_publisher, _publisher.id == ReportRelease.published_by_id)
        .where(ReportRelease.consultation_id == consultation_id)
        .order_by(ReportRelease.number.desc())
    )
    return [ReleaseRow(*row) for row in session.execute(query)]


def release_of(consultation_id: uuid.UUID, number: int) -> ReportRelease | None:
    return session.scalar(
        select(ReportRelease).where(
            ReportRelease.consultation_id == consultation_id, ReportRelease.number == number
        )
    )


def published_release(consultation_id: uuid.UUID) -> ReportRelease | None:
    """What the public reads."""
    return _newest(consultation_id, ReleaseState.PUBLISHED)


def release_for_viewers(consultation_id: uuid.UUID) -> ReportRelease | None:
    """What an officer without the right to counts reads: the published or the embargoed one."""
    return _newest(consultation_id, ReleaseState.PUBLISHED, ReleaseState.EMBARGOED)


def _newest(consultation_id: uuid.UUID, *states: ReleaseState) -> ReportRelease | None:
    return session.scalar(
        select(ReportRelease)
        .where(ReportRelease.consultation_id == consultation_id, ReportRelease.state.in_(states))
        .order_by(ReportRelease.number.desc())
        .limit(1)
    )
