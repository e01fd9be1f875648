"""What is deleted with a draft, and with a working copy that is not sent."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update

from app.database import session
from app.mail.services.put import take_out
from app.models import (
    Answer,
    Contact,
    Contribution,
    Contributor,
    EqualityAnswer,
    Invitation,
    PrivateToken,
    Response,
    ResponseVersion,
)

# What hangs on a response beside its versions and its link, and goes with a draft and with a withdrawal. A
# new table with a `response_id` that a draft can have belongs here: a test looks at every table of the model.
PERSONAL: tuple[
    type[Contact] | type[Contribution] | type[Contributor] | type[Invitation] | type[EqualityAnswer], ...
] = (
    Contact,
    Contribution,
    Contributor,
    Invitation,
    EqualityAnswer,
)


def delete_drafts(drafts: Sequence[uuid.UUID]) -> None:
    """Responses that were never sent, whole. They are held."""
    delete_personal(drafts)
    _execute(delete(PrivateToken).where(PrivateToken.response_id.in_(drafts)))
    _execute(update(Response).where(Response.id.in_(drafts)).values(current_version_id=None))
    delete_versions(ResponseVersion.response_id.in_(drafts))
    _execute(delete(Response).where(Response.id.in_(drafts)))


def delete_personal(responses: Sequence[uuid.UUID]) -> None:
    named = session.execute(
        select(Response.consultation_id, Response.reference).where(Response.id.in_(responses))
    )
    take_out([(row.consultation_id, row.reference) for row in named])
    for table in PERSONAL:
        _execute(delete(table).where(table.response_id.in_(responses)))


def delete_versions(which: ColumnElement[bool]) -> None:
    """Versions that were not sent, with their answers; the choices go with those."""
    versions = select(ResponseVersion.id).where(which, ResponseVersion.sent_at.is_(None))
    _execute(delete(Answer).where(Answer.response_version_id.in_(versions)))
    _execute(delete(ResponseVersion).where(which, ResponseVersion.sent_at.is_(None)))


def _execute(statement: object) -> None:
    session.execute(statement.execution_options(synchronize_session=False))  # type: ignore[attr-defined]
