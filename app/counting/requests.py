"""Respondents' requests that wait for an answer."""

import uuid
from datetime import date

from sqlalchemy import func, select

from app.database import session
from app.models import RespondentRequest


def count_requests_due(consultation_id: uuid.UUID, *, by: date) -> int:
    """Not done, and due on that day or before."""
    query = select(func.count()).where(
        RespondentRequest.consultation_id == consultation_id,
        RespondentRequest.done_at.is_(None),
        RespondentRequest.due_on <= by,
    )
    return session.scalar(query) or 0
