"""The lead of an organisation's reply invites colleagues to write parts, and ends the invitation."""

import uuid
from datetime import datetime

from sqlalchemy import select
from uuid6 import uuid7

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import RespondentKind
from app.models import Consultation, Invitation, Response
from app.responses.links import code_hash, link_of_invitation, token_hash
from app.responses.refusals import NotInTheReply
from app.responses.services.lock import check_takes_drafts, hold, working_version


def invite(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    instead_of: uuid.UUID | None,
    key: str,
    actor: Actor,
    now: datetime,
) -> None:
    """An invitation, where none is open. `instead_of` names the one that ends for it; pressed twice, the
    second press finds that one ended already and the new one stays.

    Raises NotOpen, AlreadySent, NotInTheReply.
    """
    response = _held(consultation, response_id, now=now)
    there = _open(response_id)
    if there is not None and there.id != instead_of:
        return
    if there is not None:
        there.ended_at = now
        session.flush()
    invitation_id = uuid7()
    link = link_of_invitation(invitation_id, key=key)
    session.add(
        Invitation(
            id=invitation_id,
            created_at=now,
            response_id=response_id,
            token_hash=token_hash(link.token, key=key),
            code_hash=code_hash(link.code, key=key),
        )
    )
    _note("invited", response, actor=actor, now=now)


def end_invitation(
    consultation: Consultation, response_id: uuid.UUID, *, actor: Actor, now: datetime
) -> None:
    """What colleagues wrote stays with the lead. Raises NotOpen, AlreadySent, NotInTheReply."""
    response = _held(consultation, response_id, now=now)
    there = _open(response_id)
    if there is not None:
        there.ended_at = now
        _note("ended_invitation", response, actor=actor, now=now)


def _held(consultation: Consultation, response_id: uuid.UUID, *, now: datetime) -> Response:
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    working_version(response)
    if response.kind is not RespondentKind.ORGANISATION:
        raise NotInTheReply
    return response


def _open(response_id: uuid.UUID) -> Invitation | None:
    query = select(Invitation).where(Invitation.response_id == response_id, Invitation.ended_at.is_(None))
    return session.scalar(query.execution_options(populate_existing=True))


def _note(action: str, response: Response, *, actor: Actor, now: datetime) -> None:
    record(
        action, actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=response.consultation_id,
    )  # fmt: skip
    session.flush()
