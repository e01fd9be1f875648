"""Erasure: the response and all that was made of it, and its quotations in reports."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import Response
from app.reporting.services.quotations import take_quotations_out
from app.responses.services.erase import erase_rows


def erase_response(response_id: uuid.UUID, *, actor: Actor, now: datetime) -> Response:
    """It counts as withdrawn from then on. Releases keep their numbers. Raises ErasureRefused."""
    comments = {str(comment_id) for comment_id in erase_rows(response_id, now=now)}
    response = session.get_one(Response, response_id)
    take_quotations_out(
        response.consultation_id, lambda quote: quote["comment_id"] in comments, actor=actor, now=now
    )
    record(
        "erased",
        actor=actor,
        now=now,
        subject="response",
        subject_id=response.id,
        subject_name=response.reference,
        consultation_id=response.consultation_id,
    )
    session.flush()
    return response
