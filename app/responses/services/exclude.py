"""Leaving a received response out of the analysis, with a reason; and settling a late one."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ExclusionReason, ResponseStatus
from app.models import Exclusion, Response

# A reason that an officer may give; "late, to be decided" is given by the clock alone.
REASONS = tuple(reason for reason in ExclusionReason if reason is not ExclusionReason.LATE_UNDECIDED)
POINTS_TO_ANOTHER = (ExclusionReason.DUPLICATE, ExclusionReason.COMBINED)


class ExclusionRefused(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class OtherResponseMissing(ExclusionRefused):
    def __init__(self) -> None:
        super().__init__("Enter the reference of the response that stays, one that is in the analysis")


class NoteMissing(ExclusionRefused):
    def __init__(self) -> None:
        super().__init__("Say why in the note")


def exclude(
    response_id: uuid.UUID,
    *,
    reason: ExclusionReason,
    actor: Actor,
    now: datetime,
    note: str = "",
    stays: str = "",
) -> Exclusion:
    """`stays` is the reference of the response that counts instead. Raises ExclusionRefused."""
    response = locked(response_id)
    if response.status is not ResponseStatus.SENT or response.is_test:
        raise ExclusionRefused("Only a response that was sent and counts can be left out.")
    if standing_exclusion_of(response_id) is not None:
        raise ExclusionRefused("This response is already left out of the analysis.")
    if others := _pointing_here(response_id):
        raise ExclusionRefused(
            f"{', '.join(others)} is left out because this one counts. Restore that first."
        )
    if reason is ExclusionReason.OTHER and not note.strip():
        raise NoteMissing
    stays_id = _one_that_stays(response, stays) if reason in POINTS_TO_ANOTHER else None
    row = _leave_out(response, reason, note=note, stays_id=stays_id, actor=actor, now=now)
    note_change("excluded", response, actor=actor, now=now, details={"reason": reason.value})
    return row


def settle_late(response_id: uuid.UUID, *, count_it: bool, note: str, actor: Actor, now: datetime) -> None:
    """A late reply counts from now on, or is left out as late. Raises ExclusionRefused."""
    response = locked(response_id)
    row = standing_exclusion_of(response_id)
    if row is None or row.reason is not ExclusionReason.LATE_UNDECIDED:
        raise ExclusionRefused("This late reply has been decided already.")
    row.reversed_at, row.reversed_by_id, row.reversed_note = now, actor.officer_id, note.strip()
    session.flush()  # the old row goes before a new one stands
    if not count_it:
        _leave_out(response, ExclusionReason.LATE, note=note, stays_id=None, actor=actor, now=now)
    decided = "counted" if count_it else "left out"
    note_change("settled", response, actor=actor, now=now, details={"late": decided})


def locked(response_id: uuid.UUID) -> Response:
    query = select(Response).where(Response.id == response_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def standing_exclusion_of(response_id: uuid.UUID) -> Exclusion | None:
    query = select(Exclusion).where(Exclusion.response_id == response_id, Exclusion.reversed_at.is_(None))
    return session.scalar(query)


def note_change(
    action: str, response: Response, *, actor: Actor, now: datetime, details: dict[str, object]
) -> None:
    record(
        action,
        actor=actor,
        now=now,
        subject="response",
        subject_id=response.id,
        subject_name=response.reference,
        consultation_id=response.consultation_id,
        details=details,
    )


def _leave_out(
    response: Response,
    reason: ExclusionReason,
    *,
    note: str,
    stays_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> Exclusion:
    row = Exclusion(
        response_id=response.id,
        reason=reason,
        note=note.strip(),
        stays_id=stays_id,
        officer_id=actor.officer_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _pointing_here(response_id: uuid.UUID) -> list[str]:
    """References of the responses that are left out because this one stays."""
    query = (
        select(Response.reference)
        .join(Exclusion, Exclusion.response_id == Response.id)
        .where(Exclusion.stays_id == response_id, Exclusion.reversed_at.is_(None))
    )
    return list(session.scalars(query.order_by(Response.reference)))


def _one_that_stays(response: Response, reference: str) -> uuid.UUID:
    query = select(Response).where(
        Response.consultation_id == response.consultation_id,
        Response.reference == reference.strip().upper(),
        Response.status == ResponseStatus.SENT,
        Response.is_test.is_(False),
        Response.id != response.id,
    )
    other = session.scalar(query.with_for_update())
    if other is None or standing_exclusion_of(other.id) is not None:
        raise OtherResponseMissing
    return other.id
