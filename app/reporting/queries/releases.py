import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.database import session
from app.enums import ReleaseState
from app.models import Officer, ReportRelease
from app.reporting.document import Json

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


@dataclass(frozen=True)
class Release(ReleaseRow):
    report: Json


def releases_of(consultation_id: uuid.UUID) -> list[ReleaseRow]:
    """The newest first."""
    return [ReleaseRow(*row) for row in session.execute(_releases(consultation_id))]


def release_of(consultation_id: uuid.UUID, number: int) -> Release | None:
    return _first(_releases(consultation_id).where(ReportRelease.number == number))


def published_release(consultation_id: uuid.UUID) -> Release | None:
    """What the public reads."""
    return _first(_releases(consultation_id).where(ReportRelease.state == ReleaseState.PUBLISHED))


def report_is_published(consultation_id: uuid.UUID) -> bool:
    """For pages that lead to the report, which is too much to read for that."""
    query = _releases(consultation_id).where(ReportRelease.state == ReleaseState.PUBLISHED)
    return session.execute(query.limit(1)).first() is not None


def release_for_viewers(consultation_id: uuid.UUID) -> Release | None:
    """What an officer without the right to counts reads: the published or the embargoed one."""
    states = (ReleaseState.PUBLISHED, ReleaseState.EMBARGOED)
    return _first(_releases(consultation_id).where(ReportRelease.state.in_(states)))


def _first(query: Any) -> Release | None:
    row = session.execute(query.add_columns(ReportRelease.frozen).limit(1)).first()
    return Release(*row) if row else None


def _releases(consultation_id: uuid.UUID) -> Any:
    return (
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
