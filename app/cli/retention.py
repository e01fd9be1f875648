"""What is deleted when its time has come. The worker does it about every hour."""

import uuid
from datetime import datetime

from app.accounts.actor import SYSTEM
from app.database import session, transaction
from app.responses.queries.colleagues import responses_with_old_invitations
from app.responses.queries.drafts import consultations_with_old_drafts
from app.responses.services.delete_old_drafts import delete_old_drafts
from app.responses.services.forget_challenges import any_to_forget, forget_challenges
from app.responses.services.forget_colleagues import forget_colleagues_of_sent


def delete_what_is_old(*, now: datetime) -> int:
    """How many drafts. Takes no write lock where there is nothing to delete."""
    due = consultations_with_old_drafts(now=now)
    session.rollback()
    _forget_colleagues(now=now)
    _forget_challenges(now=now)
    return sum(_delete_drafts_of(consultation_id, now=now) for consultation_id in due)


def _delete_drafts_of(consultation_id: uuid.UUID, *, now: datetime) -> int:
    deleted = 0
    while True:
        with transaction():
            batch = delete_old_drafts(consultation_id, actor=SYSTEM, now=now)
        if not batch:
            return deleted
        deleted += batch


def _forget_colleagues(*, now: datetime) -> None:
    while True:
        due = responses_with_old_invitations(now=now, at_once=1)
        session.rollback()
        if not due:
            return
        with transaction():
            forget_colleagues_of_sent(actor=SYSTEM, now=now)


def _forget_challenges(*, now: datetime) -> None:
    due = any_to_forget(now=now)
    session.rollback()
    if due:
        with transaction():
            forget_challenges(now=now)
