"""A draft that missed the closing is handed to the officers, who decide whether it counts."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import ExclusionReason, ResponseStatus, Stage
from app.models import Consultation, Exclusion, Response
from app.responses.refusals import NotOpen
from app.responses.services.lock import hold
from app.responses.services.send import send_version


def takes_late_requests(consultation: Consultation, *, now: datetime) -> bool:
    """After the grace, until the analysis is signed off."""
    stage = consultation.stage in (Stage.OPEN, Stage.CLOSED)
    return stage and now >= consultation.closes_at and window(consultation, now=now) is Window.CLOSED


def ask_late(consultation: Consultation, response_id: uuid.UUID, *, actor: Actor, now: datetime) -> Response:
    """It is received, and left out as "late, to be decided". Asked twice, it is one response.

    Raises NotOpen, NothingAnswered, NeededFirst, AlreadySent.
    """
    response = hold(response_id)
    if response.status is ResponseStatus.SENT:
        return response
    if not takes_late_requests(consultation, now=now):
        raise NotOpen
    send_version(consultation, response, actor=actor, now=now)
    response.late = True
    if not response.is_test:
        session.add(Exclusion(response_id=response.id, reason=ExclusionReason.LATE_UNDECIDED, created_at=now))
    session.flush()
    return response
