"""What colleagues wrote goes some time after the reply was sent; with a draft, `delete_draft` sees to it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import Contribution, Contributor, Invitation, Response, RetentionRun
from app.responses.queries.colleagues import responses_with_old_invitations

AT_ONCE = 500  # so that the write lock is short


def _forget(responses: Sequence[uuid.UUID]) -> None:
    """Their texts, names and invitations."""
    for table in (Contribution, Contributor, Invitation):
        statement = delete(table).where(table.response_id.in_(responses))
        session.execute(statement.execution_options(synchronize_session=False))


def forget_colleagues_of_sent(*, actor: Actor, now: datetime) -> int:
    """Of how many responses; AT_ONCE at most, so call it until there are none."""
    due = responses_with_old_invitations(now=now, at_once=AT_ONCE)
    if not due:
        return 0
    held = session.scalars(
        select(Response.id).where(Response.id.in_(due)).order_by(Response.id).with_for_update()
    )
    _forget(held.all())
    session.add(RetentionRun(at=now, figures={"colleagues_of": len(due)}))
    record(
        "deleted", actor=actor, now=now, subject="contributions", details={"responses": len(due)},
    )  # fmt: skip
    session.flush()
    return len(due)
