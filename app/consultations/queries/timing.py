"""Whether a consultation takes responses now: judged by the stage, the dates and the clock."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.enums import Stage
from app.models import Consultation


class Window(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


def grace_ends_at(consultation: Consultation) -> datetime:
    return consultation.closes_at + timedelta(minutes=consultation.grace_minutes)


def window(consultation: Consultation, *, now: datetime) -> Window:
    """A consultation in test is open to those who have its test link; grace is for drafts begun before.

    Closing by hand moves the closing time to that moment, so that its drafts have their grace too.
    """
    if consultation.stage in (Stage.DRAFT, Stage.TESTING) or now < consultation.opens_at:
        return Window.OPEN if consultation.stage is Stage.TESTING else Window.NOT_YET
    if consultation.stage not in (Stage.OPEN, Stage.CLOSED) or now >= grace_ends_at(consultation):
        return Window.CLOSED
    if now >= consultation.closes_at:
        return Window.GRACE
    return Window.OPEN if consultation.stage is Stage.OPEN else Window.CLOSED


def report_by(consultation: Consultation, *, now: datetime) -> datetime | None:
    """When the public is told to expect the report; None where nobody said, and once that day has passed."""
    weeks = consultation.settings.get("report_within_weeks")
    expected = consultation.closes_at + timedelta(weeks=weeks) if weeks else None
    return expected if expected is not None and now <= expected else None


def has_closed(consultation: Consultation, *, now: datetime) -> bool:
    return window(consultation, now=now) in (Window.GRACE, Window.CLOSED)
