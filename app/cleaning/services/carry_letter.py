"""Hidden words and handling codes of a letter, carried to its parts by their places, and back again.

Nothing that was hidden shows on the way, and no call for help leaves its queue.
"""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.cleaning.letters import in_letter, in_part
from app.counting.flags import ABUSE, PERSONAL_DATA, SAFEGUARDING
from app.database import session
from app.models import Comment, Flag, LetterPart, Redaction
from app.responses.hidden import Span
from app.responses.services.hide_words import refresh_hidden
from app.theming.triage.alarm import is_abusive, needs_safeguarding

Parts = Sequence[tuple[LetterPart, Comment]]
Settled = ("officer_id", "settled_at", "settled_by_id", "settled_note")
Reversed = ("reversed_at", "reversed_by_id", "reversed_note")


def carry_to_parts(letter: Comment, parts: Parts) -> None:
    """What was turned down or shown again goes too, so that no run proposes it anew."""
    rows = _redactions([letter.id])
    for part, comment in parts:
        session.add_all(
            _copy(row, comment.id, span) for row in rows for span in in_part(part.spans, row.start, row.end)
        )
        refresh_hidden(comment)
    comments = [comment for _, comment in parts]
    for flag in _flags([letter.id]):
        session.add_all(_flag(flag, one.id) for one in _of_concern(flag.code, comments))
    session.flush()


def carry_back(letter: Comment, parts: Parts) -> None:
    """What officers hid, showed or settled in the parts is so in the letter."""
    there = _redactions([letter.id])
    spans = {comment.id: part.spans for part, comment in parts}
    for row in _redactions(spans):
        for place in in_letter(spans[row.comment_id], row.start, row.end):
            _redact_back(row, place, there, letter)
    refresh_hidden(letter)
    _flags_back(letter, _flags(spans))


def _redact_back(row: Redaction, place: Span, there: list[Redaction], letter: Comment) -> None:
    here = [one for one in there if (one.start, one.end) == place]
    same = next((one for one in here if one.reversed_at is None), None)
    if row.reversed_at is not None:
        carried = any(one.reversed_at == row.reversed_at for one in here)
        if same is not None and same.kind == row.kind and not carried:
            for name in Reversed:
                setattr(same, name, getattr(row, name))
    elif same is not None and same.proposed and not row.proposed:
        same.proposed, same.kind, same.decided_by_id = False, row.kind, row.decided_by_id
    elif not any(_hides(one, place, row) for one in there):
        made = _copy(row, letter.id, place)
        session.add(made)
        there.append(made)


def _hides(one: Redaction, place: Span, row: Redaction) -> bool:
    inside = one.start <= place[0] and place[1] <= one.end
    return inside and one.reversed_at is None and (row.proposed or not one.proposed)


def _flags_back(letter: Comment, found: Sequence[Flag]) -> None:
    """Settled only where it is settled in every part that has it."""
    mine = {(one.code, one.source): one for one in _flags([letter.id])}
    for key in dict.fromkeys((one.code, one.source) for one in found):
        rows = [one for one in found if (one.code, one.source) == key]
        says = next((one for one in rows if one.settled_at is None), rows[-1])
        if key not in mine:
            session.add(_flag(says, letter.id))
        else:
            for name in Settled:
                setattr(mine[key], name, getattr(says, name))
    session.flush()


def _of_concern(code: str, comments: Sequence[Comment]) -> Sequence[Comment]:
    """The parts whose words it is about; where that cannot be told, all."""
    if code == ABUSE:
        found = [one for one in comments if is_abusive(one.text)]
    elif code == SAFEGUARDING:
        found = [one for one in comments if needs_safeguarding(one.text)]
    elif code == PERSONAL_DATA:
        hidden = {row.comment_id for row in _redactions([one.id for one in comments])}
        found = [one for one in comments if one.id in hidden]
    else:
        found = []
    return found or comments


def _redactions(ids: Iterable[uuid.UUID]) -> list[Redaction]:
    query = select(Redaction).where(Redaction.comment_id.in_(list(ids)))
    ordered = query.order_by(Redaction.start, Redaction.end, Redaction.id)
    return list(session.scalars(ordered.execution_options(populate_existing=True)))


def _flags(ids: Iterable[uuid.UUID]) -> list[Flag]:
    query = select(Flag).where(Flag.comment_id.in_(list(ids))).order_by(Flag.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _copy(row: Redaction, comment_id: uuid.UUID, span: Span) -> Redaction:
    return Redaction(
        comment_id=comment_id, start=span[0], end=span[1], kind=row.kind, reason=row.reason,
        source=row.source, proposed=row.proposed, officer_id=row.officer_id,
        decided_by_id=row.decided_by_id, created_at=row.created_at,
        **{name: getattr(row, name) for name in Reversed},
    )  # fmt: skip


def _flag(row: Flag, comment_id: uuid.UUID) -> Flag:
    values = {name: getattr(row, name) for name in Settled}
    return Flag(comment_id=comment_id, code=row.code, source=row.source, **values)
