"""Changing what was sent: a working copy beside it, which counts for nothing until it is sent."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import selectinload
from uuid6 import uuid7

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.queries.documents import current_document
from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import ResponseStatus
from app.models import Answer, AnswerChoice, Consultation, Response, ResponseVersion
from app.responses.refusals import NotOpen, NotSent
from app.responses.services.delete_draft import delete_versions
from app.responses.services.lock import hold, version_being_written

# The table itself: the model would count the versions of an answer from 1 again, and a page that was shown
# before the response was sent could then pass for one that has seen these words.
ANSWERS: Table = Answer.__table__  # type: ignore[assignment]


def begin_change(
    consultation: Consultation, response_id: uuid.UUID, *, actor: Actor, now: datetime
) -> ResponseVersion:
    """Begun twice, or by two at once, it is one working copy. Raises NotOpen, NotSent."""
    if window(consultation, now=now) is not Window.OPEN:
        raise NotOpen
    response = hold(response_id)
    if response.status is not ResponseStatus.SENT:
        raise NotSent
    if (there := version_being_written(response)) is not None:
        return there
    sent = session.get_one(ResponseVersion, response.current_version_id)
    document = current_document(consultation.id)
    copy = ResponseVersion(
        response_id=response.id,
        number=sent.number + 1,
        document_version_id=document.id if document else None,
        parts=dict(sent.parts),
        updated_at=now,
    )
    session.add(copy)
    session.flush()
    _copy_answers(sent, copy)
    _record("began a change", response, actor=actor, now=now, version=copy.number)
    return copy


def drop_change(response_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """The working copy goes and what was sent stays. Without one, nothing happens. Raises NotSent."""
    response = hold(response_id)
    if response.status is not ResponseStatus.SENT:
        raise NotSent
    copy = version_being_written(response)
    if copy is None:
        return
    number = copy.number
    delete_versions(ResponseVersion.id == copy.id)
    _record("dropped a change", response, actor=actor, now=now, version=number)


def _copy_answers(sent: ResponseVersion, copy: ResponseVersion) -> None:
    rows = session.scalars(
        select(Answer).where(Answer.response_version_id == sent.id).options(selectinload(Answer.choices))
    ).all()
    kept = [column.key for column in ANSWERS.columns if column.key not in ("id", "created_at", "updated_at")]
    answers: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    for row in rows:
        values = {key: getattr(row, key) for key in kept}
        answers.append({**values, "id": uuid7(), "response_version_id": copy.id})
        choices += [
            {"answer_id": answers[-1]["id"], "option_id": choice.option_id, "text": choice.text}
            for choice in row.choices
        ]
    if answers:
        session.execute(insert(ANSWERS), answers)
    if choices:
        session.execute(insert(AnswerChoice), choices)


def _record(action: str, response: Response, *, actor: Actor, now: datetime, version: int) -> None:
    record(
        action, actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=response.consultation_id,
        details={"version": version},
    )  # fmt: skip
    session.flush()
