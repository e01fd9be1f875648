"""What officers made of a comment that would be cut or lost if it were divided or joined."""

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.queries.second_readings import read_twice
from app.cleaning.refusals import NotDividable
from app.database import session
from app.enums import DispositionValue, ProposalFate
from app.models import (
    MAIN_LAYER,
    CampaignMember,
    Comment,
    Discussion,
    Disposition,
    Officer,
    Reading,
    Response,
    SignOff,
    ThemeIdea,
)

CARRIED = (DispositionValue.UNDECIDED, DispositionValue.CODED)  # its themes go along


def refuse_what_stands(comments: Collection[Comment], *, officer_id: uuid.UUID | None, now: datetime) -> None:
    """Comments of one response, whose rows are held. Raises NotDividable."""
    why = next(_reasons(comments, officer_id, now), None)
    if why is not None:
        raise NotDividable(why)
    for one in comments:
        _refuse_signed_off(one)


def _reasons(comments: Collection[Comment], officer_id: uuid.UUID | None, now: datetime) -> Iterator[str]:
    ids = [one.id for one in comments]
    if _comments(
        Disposition.comment_id, ids, Disposition.layer == MAIN_LAYER, ~Disposition.value.in_(CARRIED)
    ):
        yield (
            "Officers have decided on an outcome here, which would be lost. "
            "Take it off first, on the page of the comment."
        )
    if read_twice({one.consultation_id for one in comments}) & set(ids):
        yield "It is in a second reading that is not finished. Finish that first."
    if _comments(CampaignMember.comment_id, ids, CampaignMember.removed.is_(False)):
        yield (
            "It is part of a campaign, whose text is coded once for all its senders. "
            "Take it out of the campaign first."
        )
    if _comments(ThemeIdea.comment_id, ids, ThemeIdea.fate == ProposalFate.OPEN):
        yield "A coder suggested a new theme from it, which is not decided yet. Decide that first."
    if _comments(Discussion.comment_id, ids, Discussion.flagged, Discussion.settled_at.is_(None)):
        yield "It is flagged for discussion. Take the flag off first."
    if name := _open_with(ids, officer_id, now):
        yield f"{name} has it open on the reading screen. Try again in 10 minutes."
    if name := _begun_by(ids, officer_id):
        yield (
            f"{name} has begun to code it and has not saved that, which would be lost. "
            "Ask them to save it first."
        )


def _comments(column: InstrumentedAttribute[uuid.UUID], ids: list[uuid.UUID], *conditions: Any) -> int:
    return session.scalar(select(func.count()).where(column.in_(ids), *conditions)) or 0


def _open_with(ids: list[uuid.UUID], officer_id: uuid.UUID | None, now: datetime) -> str | None:
    query = (
        select(Officer.name)
        .join(Reading, Reading.officer_id == Officer.id)
        .where(Reading.comment_id.in_(ids), Reading.reserved_until > now, Officer.id != officer_id)
    )
    return session.scalars(query.limit(1)).first()


def _begun_by(ids: list[uuid.UUID], officer_id: uuid.UUID | None) -> str | None:
    """Another officer, who can still save it."""
    query = (
        select(Officer.name, Reading.draft)
        .join(Reading, Reading.officer_id == Officer.id)
        .where(Reading.comment_id.in_(ids), Officer.id != officer_id, Officer.active)
        .order_by(Officer.name)
    )
    return next((name for name, draft in session.execute(query) if draft and _says_anything(draft)), None)


def _says_anything(draft: dict[str, Any]) -> bool:
    return any(draft.get(name) for name in ("themes", "outcome", "note"))


def _refuse_signed_off(comment: Comment) -> None:
    """As with coding: late responses come in against the agreed frame."""
    signed = select(SignOff.id).where(
        SignOff.consultation_id == comment.consultation_id, SignOff.reopened_at.is_(None)
    )
    late = session.scalar(select(Response.late).where(Response.id == comment.response_id))
    if not late and session.scalar(signed.limit(1)) is not None:
        raise NotDividable("The coding is signed off. Reopen it first.")
