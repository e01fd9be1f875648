"""How long a draft that was never sent is kept: judged by its consultation's dates as they are now."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from app.consultations.queries.timing import Window, grace_ends_at, window
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation, Response

DRAFT_KEPT = timedelta(days=30)  # after the consultation has closed; the privacy page says so


def drafts_go_at(consultation: Consultation) -> datetime:
    return grace_ends_at(consultation) + DRAFT_KEPT


def drafts_are_old(consultation: Consultation, *, now: datetime) -> bool:
    return window(consultation, now=now) is Window.CLOSED and now >= drafts_go_at(consultation)


def consultations_with_old_drafts(*, now: datetime) -> list[uuid.UUID]:
    drafts = exists().where(
        Response.consultation_id == Consultation.id, Response.status == ResponseStatus.DRAFT
    )
    found = session.scalars(select(Consultation).where(drafts).order_by(Consultation.id))
    return [one.id for one in found if drafts_are_old(one, now=now)]
