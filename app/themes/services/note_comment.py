"""What officers say about a comment without deciding it: notes, the flag for discussion, handling codes."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import FlagSource
from app.models import Comment, Discussion, Flag
from app.themes.refusals import CommentNotHere
from app.themes.services.code_comment import officer_of

TRANSLATION, QUESTION = "ZZ12", "ZZ06"
HANDLING = (TRANSLATION, QUESTION)  # those that the reading screen offers


def add_note(comment_id: uuid.UUID, *, text: str, actor: Actor, now: datetime) -> None:
    """For colleagues; the respondent may ask to see it."""
    session.add(_said(comment_id, text.strip(), actor=actor, now=now))
    session.flush()
    _record("noted", comment_id, actor=actor, now=now)


def flag_comment(comment_id: uuid.UUID, *, text: str, actor: Actor, now: datetime) -> None:
    """For discussion. Flagged twice by one officer, it is flagged once, with the further note."""
    standing = _flags(comment_id, officer_of(actor))
    if standing:
        if text.strip():
            add_note(comment_id, text=text, actor=actor, now=now)
        return
    row = _said(comment_id, text.strip(), actor=actor, now=now)
    row.flagged = True
    session.add(row)
    session.flush()
    _record("flagged", comment_id, actor=actor, now=now)


def settle_flags(comment_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """Everyone's on this comment: it has been talked about."""
    rows = _flags(comment_id, None)
    for row in rows:
        row.settled_at = now
    session.flush()
    if rows:
        _record("settled the flag on", comment_id, actor=actor, now=now)


def set_handling(
    comment_id: uuid.UUID, *, codes: Collection[str], shown: Collection[str], actor: Actor, now: datetime
) -> dict[str, list[str]]:
    """What was ticked or unticked on the page, which had `shown` ticked: a mark that another officer set or
    took off meanwhile stays so, and the machine's stay as they are. What came and went."""
    query = select(Flag).where(
        Flag.comment_id == comment_id, Flag.source == FlagSource.OFFICER, Flag.code.in_(HANDLING)
    )
    there = {row.code: row for row in session.scalars(query.execution_options(populate_existing=True))}
    standing = {code for code, row in there.items() if row.settled_at is None}
    ticked, unticked = set(codes) - set(shown), set(shown) - set(codes)
    on, off = [code for code in HANDLING if code in ticked - standing], sorted(unticked & standing)
    for code in on:
        if code in there:
            there[code].settled_at = None
        else:
            session.add(
                Flag(
                    comment_id=comment_id, code=code, source=FlagSource.OFFICER, officer_id=officer_of(actor)
                )
            )
    for code in off:
        there[code].settled_at = now
    session.flush()
    return {"on": on, "off": off}


def _said(comment_id: uuid.UUID, text: str, *, actor: Actor, now: datetime) -> Discussion:
    return Discussion(comment_id=comment_id, officer_id=officer_of(actor), text=text, created_at=now)


def _flags(comment_id: uuid.UUID, officer_id: uuid.UUID | None) -> list[Discussion]:
    query = select(Discussion).where(
        Discussion.comment_id == comment_id, Discussion.flagged, Discussion.settled_at.is_(None)
    )
    if officer_id is not None:
        query = query.where(Discussion.officer_id == officer_id)
    return list(session.scalars(query))


def _record(action: str, comment_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise CommentNotHere
    record(
        action, actor=actor, now=now, subject="comment", subject_id=comment_id,
        consultation_id=comment.consultation_id,
    )  # fmt: skip
