"""Drafts that were never sent go 30 days after their consultation has closed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ResponseStatus
from app.models import Answer, Consultation, Contact, PrivateToken, Response, ResponseVersion, RetentionRun
from app.responses.queries.drafts import drafts_are_old

AT_ONCE = 500  # so that the write lock is short


def delete_old_drafts(consultation_id: uuid.UUID, *, actor: Actor, now: datetime) -> int:
    """How many; AT_ONCE at most, so call it until there are none. Their links go with them.

    The consultation is held, so that extending it and deleting its drafts happen one after the other.
    """
    consultation = session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if not drafts_are_old(consultation, now=now):
        return 0
    drafts = session.scalars(
        select(Response.id)
        .where(Response.consultation_id == consultation_id, Response.status == ResponseStatus.DRAFT)
        .order_by(Response.id)
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    if not drafts:
        return 0
    _delete(drafts)
    session.add(RetentionRun(at=now, figures={"consultation": consultation.slug, "drafts": len(drafts)}))
    record(
        "deleted", actor=actor, now=now, subject="drafts", subject_id=consultation.id,
        subject_name=consultation.slug, consultation_id=consultation.id, details={"drafts": len(drafts)},
    )  # fmt: skip
    session.flush()
    return len(drafts)


def _delete(drafts: Sequence[uuid.UUID]) -> None:
    versions = select(ResponseVersion.id).where(ResponseVersion.response_id.in_(drafts))
    for statement in (
        delete(Answer).where(Answer.response_version_id.in_(versions)),  # the choices go with them
        delete(Contact).where(Contact.response_id.in_(drafts)),
        delete(PrivateToken).where(PrivateToken.response_id.in_(drafts)),
        update(Response).where(Response.id.in_(drafts)).values(current_version_id=None),
        delete(ResponseVersion).where(ResponseVersion.response_id.in_(drafts)),
        delete(Response).where(Response.id.in_(drafts)),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
