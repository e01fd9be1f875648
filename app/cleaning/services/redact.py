"""Hiding words of a comment, deciding on found or proposed ones, and showing them again.

An overlay: the text as it was sent stays, and so do the rows of what was turned down or taken back.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.cleaning.refusals import DecidedMeanwhile, NoLongerHere, ReasonMissing, WordsNotThere
from app.counting.flags import PERSONAL_DATA
from app.database import session
from app.enums import FlagSource, ResponseStatus
from app.models import Comment, Flag, Redaction
from app.responses.hidden import KINDS, Span, places_of, to_stored
from app.responses.queries.redactions import standing_redactions
from app.responses.services.forget_in_proposals import forget_in_proposals
from app.responses.services.hide_words import refresh_hidden
from app.responses.services.lock import hold


def hide_words(
    comment_id: uuid.UUID,
    *,
    words: str,
    kind: str,
    reason: str = "",
    everywhere: bool = False,
    decides: bool,
    original: bool,
    actor: Actor,
    now: datetime,
) -> list[Redaction]:
    """Everywhere that the words stand in the comment, or in the whole response. `decides`: at once, else for
    somebody who may; `original`: the officer copied them from the text as it was sent.

    Raises CleaningRefused.
    """
    comment = _held(comment_id)
    family = _whole_response(comment)
    wanted = [one for one in family if everywhere or one.id == comment_id]
    spans = {one.id: _places(one, words, original=original) for one in wanted}
    if not spans[comment_id]:
        raise WordsNotThere
    rows: list[Redaction] = []
    for one in wanted:
        standing = standing_redactions([one.id])
        there = {(row.start, row.end) for row in standing if not (decides and row.proposed)}
        rows += [
            _row(one, span, kind, reason, decides=decides, actor=actor, now=now)
            for span in spans[one.id]
            if span not in there
        ]
    session.add_all(rows)
    if decides:
        _settle(family, rows, actor=actor, now=now)
    _note("hid" if decides else "proposed to hide", comment, rows, actor=actor, now=now)
    return rows


def decide_found(
    comment_id: uuid.UUID, *, kinds: Mapping[uuid.UUID, str], actor: Actor, now: datetime
) -> list[Redaction]:
    """The found or proposed spans with these ids are hidden, each as its kind. Raises CleaningRefused."""
    comment = _held(comment_id)
    rows = _waiting(comment_id, kinds)
    for row in rows:
        row.kind, row.proposed, row.decided_by_id = kinds[row.id], False, actor.officer_id
    _settle(_whole_response(comment), rows, actor=actor, now=now)
    _note("hid", comment, rows, actor=actor, now=now)
    return rows


def leave_found(comment_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Nothing more to hide here: what waits is turned down, and the flags are settled."""
    comment = _held(comment_id)
    if not reason.strip():
        raise ReasonMissing
    rows = [row for row in standing_redactions([comment_id]) if row.proposed]
    for row in rows:
        row.reversed_at, row.reversed_by_id, row.reversed_note = now, actor.officer_id, reason.strip()
    _settle_flags(comment_id, actor=actor, now=now, note=reason.strip())
    refresh_hidden(comment)
    _note("found nothing more to hide in", comment, rows, actor=actor, now=now)


def show_again(redaction_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> Redaction:
    """Raises CleaningRefused."""
    found = session.get(Redaction, redaction_id)
    if found is None:
        raise DecidedMeanwhile
    comment = _held(found.comment_id)
    session.refresh(found)
    if found.reversed_at is not None or found.proposed:
        raise DecidedMeanwhile
    if not reason.strip():
        raise ReasonMissing
    found.reversed_at, found.reversed_by_id, found.reversed_note = now, actor.officer_id, reason.strip()
    refresh_hidden(comment)
    _note("showed again", comment, [found], actor=actor, now=now)
    return found


def hidden_words(rows: Iterable[Redaction]) -> set[str]:
    """What the decided ones hide."""
    texts = {row.comment_id: session.get_one(Comment, row.comment_id).text for row in rows}
    return {texts[row.comment_id][row.start : row.end] for row in rows if not row.proposed}


def _held(comment_id: uuid.UUID) -> Comment:
    """Its response is held: a change that is being sent carries every redaction made before it."""
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise NoLongerHere
    response = hold(comment.response_id)
    session.refresh(comment)
    if not comment.is_current or response.status is not ResponseStatus.SENT:
        raise NoLongerHere
    return comment


def _whole_response(comment: Comment) -> list[Comment]:
    """Earlier wordings too: officers can read them beside what was decided about them."""
    query = select(Comment).where(Comment.response_id == comment.response_id).order_by(Comment.number)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _places(comment: Comment, words: str, *, original: bool) -> list[Span]:
    if original:
        return places_of(comment.text, words)
    return [to_stored(comment.hidden, *span) for span in places_of(comment.redacted_text, words)]


def _row(
    comment: Comment, span: Span, kind: str, reason: str, *, decides: bool, actor: Actor, now: datetime
) -> Redaction:
    return Redaction(
        comment_id=comment.id, start=span[0], end=span[1], kind=kind if kind in KINDS else "other",
        reason=reason.strip(), source=FlagSource.OFFICER, proposed=not decides, officer_id=actor.officer_id,
        decided_by_id=actor.officer_id if decides else None, created_at=now,
    )  # fmt: skip


def _waiting(comment_id: uuid.UUID, wanted: Iterable[uuid.UUID]) -> list[Redaction]:
    ids = set(wanted)
    rows = [row for row in standing_redactions([comment_id]) if row.proposed and row.id in ids]
    if len(rows) != len(ids):
        raise DecidedMeanwhile
    return rows


def _settle(family: Sequence[Comment], rows: Sequence[Redaction], *, actor: Actor, now: datetime) -> None:
    """Earlier wordings hide the same words; where nothing waits any more, the flags are settled."""
    session.flush()
    touched = {row.comment_id for row in rows}
    kinds = {words: row.kind for row in rows for words in hidden_words([row])}
    for comment in family:
        if not comment.is_current:
            there = {(row.start, row.end) for row in standing_redactions([comment.id]) if not row.proposed}
            session.add_all(
                _row(comment, span, kind, "", decides=True, actor=actor, now=now)
                for words, kind in kinds.items()
                for span in places_of(comment.text, words)
                if span not in there
            )
        if comment.id in touched or not comment.is_current:
            refresh_hidden(comment)
        if comment.id in touched and not any(row.proposed for row in standing_redactions([comment.id])):
            _settle_flags(comment.id, actor=actor, now=now, note="")
    forget_in_proposals(touched, set(kinds))


def _settle_flags(comment_id: uuid.UUID, *, actor: Actor, now: datetime, note: str) -> None:
    session.execute(
        update(Flag)
        .where(Flag.comment_id == comment_id, Flag.code == PERSONAL_DATA, Flag.settled_at.is_(None))
        .values(settled_at=now, settled_by_id=actor.officer_id, settled_note=note)
    )


def _note(action: str, comment: Comment, rows: Sequence[Redaction], *, actor: Actor, now: datetime) -> None:
    record(
        action, actor=actor, now=now, subject="words", subject_id=comment.id,
        subject_name=comment.response.reference, consultation_id=comment.consultation_id,
        details={"places": len(rows), "kinds": ", ".join(sorted({row.kind for row in rows}))},
    )  # fmt: skip
