"""Words that were never sent go 30 days after they were last changed."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ResponseStatus
from app.models import Consultation, Response, ResponseVersion, RetentionRun
from app.responses.queries.drafts import old_versions
from app.responses.services.delete_draft import delete_drafts, delete_versions

AT_ONCE = 500  # so that the write lock is short


def delete_old_drafts(consultation_id: uuid.UUID, *, actor: Actor, now: datetime) -> int:
    """How many; AT_ONCE at most, so call it until there are none. Their links go with them.

    A sent response loses only the change that was not sent.
    """
    consultation = session.get_one(Consultation, consultation_id)
    held = _hold_old(consultation_id, now=now)
    # Once more: someone may have saved a page while the row was waited for.
    still = select(ResponseVersion.response_id).where(
        ResponseVersion.response_id.in_([one.id for one in held]),
        ResponseVersion.id.in_(old_versions(now=now)),
    )
    old = set(session.scalars(still))
    drafts = [one.id for one in held if one.id in old and one.status is ResponseStatus.DRAFT]
    changes = [one.id for one in held if one.id in old and one.status is not ResponseStatus.DRAFT]
    if not old:
        return 0
    delete_drafts(drafts)
    delete_versions(ResponseVersion.response_id.in_(changes))
    session.add(RetentionRun(at=now, figures={"consultation": consultation.slug, "drafts": len(old)}))
    record(
        "deleted", actor=actor, now=now, subject="drafts", subject_id=consultation.id,
        subject_name=consultation.slug, consultation_id=consultation.id, details={"drafts": len(old)},
    )  # fmt: skip
    session.flush()
    return len(old)


def _hold_old(consultation_id: uuid.UUID, *, now: datetime) -> list[Response]:
    whose = select(ResponseVersion.response_id).where(ResponseVersion.id.in_(old_versions(now=now)))
    query = (
        select(Response)
        .where(Response.consultation_id == consultation_id, Response.id.in_(whose))
        .order_by(Response.id)
        .limit(AT_ONCE)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))
