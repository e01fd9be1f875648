"""Does it count? Of two responses that may be one, and of one that may be a test or blank."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.cleaning.refusals import CleaningRefused, DecidedMeanwhile, ReasonMissing
from app.database import session
from app.enums import CleaningDecision, CleaningKind, ExclusionReason
from app.models import CleaningItem, Response
from app.responses.services.exclude import ExclusionRefused, exclude, standing_exclusion_of
from app.responses.services.restore import restore

NOT_DECIDED = (CleaningDecision.OPEN, CleaningDecision.LATER)


def decide(
    item_id: uuid.UUID,
    *,
    decision: CleaningDecision,
    reason: ExclusionReason | None = None,
    note: str = "",
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> CleaningItem:
    """`left_out`: of two, the earlier one goes and the later stays. `seen` is the version that the page
    showed. Raises CleaningRefused."""
    item = _held(item_id)
    if item.decision not in NOT_DECIDED or seen not in (None, item.version):
        raise DecidedMeanwhile
    if decision is CleaningDecision.LEFT_OUT:
        if reason is None:
            raise ReasonMissing
        goes = item.other_id or item.response_id
        stays = session.get_one(Response, item.response_id).reference if item.other_id else ""
        _exclude(goes, reason=reason, note=note, stays=stays, actor=actor, now=now)
    item.decision, item.note = decision, note.strip()
    item.officer_id, item.decided_at = actor.officer_id, now
    session.flush()
    _note("decided", item, actor=actor, now=now)
    return item


def reopen(item_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> CleaningItem:
    """The decision is taken back: what was left out by it counts again. Raises CleaningRefused."""
    item = _held(item_id)
    if item.decision in NOT_DECIDED:
        raise DecidedMeanwhile
    if not reason.strip():
        raise ReasonMissing
    goes = item.other_id or item.response_id
    if item.decision is CleaningDecision.LEFT_OUT and standing_exclusion_of(goes) is not None:
        _restore(goes, reason=reason, actor=actor, now=now)
    item.decision, item.note = CleaningDecision.OPEN, reason.strip()
    item.officer_id, item.decided_at = actor.officer_id, now
    session.flush()
    _note("reopened", item, actor=actor, now=now)
    return item


def item_for(response_id: uuid.UUID, *, kind: CleaningKind) -> CleaningItem:
    """The row of one response, made when an officer first decides. The response is held."""
    query = select(Response).where(Response.id == response_id).with_for_update()
    response = session.scalars(query.execution_options(populate_existing=True)).one()
    there = select(CleaningItem).where(
        CleaningItem.response_id == response_id, CleaningItem.kind == kind, CleaningItem.other_id.is_(None)
    )
    row = session.scalar(there.execution_options(populate_existing=True))
    if row is None:
        row = CleaningItem(consultation_id=response.consultation_id, kind=kind, response_id=response_id)
        session.add(row)
        session.flush()
    return row


def _held(item_id: uuid.UUID) -> CleaningItem:
    query = select(CleaningItem).where(CleaningItem.id == item_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise DecidedMeanwhile
    return row


def _exclude(
    response_id: uuid.UUID,
    *,
    reason: ExclusionReason,
    note: str,
    stays: str,
    actor: Actor,
    now: datetime,
) -> None:
    try:
        exclude(response_id, reason=reason, note=note, stays=stays, actor=actor, now=now)
    except ExclusionRefused as refusal:
        raise CleaningRefused(str(refusal)) from refusal


def _restore(response_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    try:
        restore(response_id, reason=reason, actor=actor, now=now)
    except ExclusionRefused as refusal:
        raise CleaningRefused(str(refusal)) from refusal


def _note(action: str, item: CleaningItem, *, actor: Actor, now: datetime) -> None:
    names = [session.get_one(Response, key).reference for key in (item.other_id, item.response_id) if key]
    record(
        action, actor=actor, now=now, subject="cleaning", subject_id=item.response_id,
        subject_name=" and ".join(names), consultation_id=item.consultation_id,
        details={"kind": item.kind.value, "decision": item.decision.value},
    )  # fmt: skip
