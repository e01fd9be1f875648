"""How long words that were not sent are kept: 30 days after their last change."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from app.database import session
from app.models import Response, ResponseVersion

DRAFT_KEPT = timedelta(days=30)  # after the last change; the privacy page says so


def goes_at(version: ResponseVersion) -> datetime:
    """Of a version that is not sent: its `updated_at` is moved by whoever changes it, by the one clock."""
    return version.updated_at + DRAFT_KEPT


def old_versions(*, now: datetime) -> Select[uuid.UUID]:
    """Drafts, and changes of sent responses that were not sent in their turn."""
    return select(ResponseVersion.id).where(
        ResponseVersion.sent_at.is_(None), ResponseVersion.updated_at <= now - DRAFT_KEPT
    )


def consultations_with_old_drafts(*, now: datetime) -> list[uuid.UUID]:
    query = (
        select(Response.consultation_id)
        .join(ResponseVersion, ResponseVersion.response_id == Response.id)
        .where(ResponseVersion.id.in_(old_versions(now=now)))
        .distinct()
    )
    return sorted(session.scalars(query))
