"""What was done to the stage and the dates, by whom and why."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import AuditEvent, Officer

ABOUT_STAGES = ("moved", "dated", "extended", "reopened")


@dataclass(frozen=True)
class StageChange:
    action: str
    at: datetime
    officer: str
    start: str  # a stage, or a time in ISO form
    end: str
    reason: str


def stage_changes(consultation_id: uuid.UUID) -> list[StageChange]:
    """Newest first."""
    query = (
        select(AuditEvent, Officer.name)
        .outerjoin(Officer, Officer.id == AuditEvent.officer_id)
        .where(
            AuditEvent.consultation_id == consultation_id,
            AuditEvent.subject_id == consultation_id,
            AuditEvent.action.in_(ABOUT_STAGES),
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    return [_change(event, name or "The system") for event, name in session.execute(query)]


def _change(event: AuditEvent, officer: str) -> StageChange:
    told = event.details
    start, end = told.get("from", ""), told.get("to", "")
    if event.action == "dated":
        start, end = told["closes_at"]
    return StageChange(event.action, event.at, officer, start, end, told.get("reason", ""))
