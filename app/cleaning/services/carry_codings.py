"""Themes of a letter, carried to its parts by the places of their quotes, and back again.

The letter's own rows stay as they were while it is not current, and count nowhere; what was not changed in
the parts is so again when it is put together.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.cleaning.letters import in_letter, in_part
from app.database import session
from app.enums import DispositionValue, Stance
from app.models import MAIN_LAYER, Coding, CodingQuote, Comment, Disposition, LetterPart
from app.responses.hidden import Span

Parts = Sequence[tuple[LetterPart, Comment]]
Key = tuple[uuid.UUID, Stance]
Quotes = dict[uuid.UUID, set[Span]]  # by the part


def carry_codings(letter: Comment, parts: Parts, *, now: datetime) -> int:
    """Each quote goes to the part that it stands in. One that stands in several, as that of the whole letter,
    goes to each with its words there, and they are to be read again. How many codings the parts have."""
    made = 0
    for row in [*_standing([letter.id]), *_taken_off_in_bulk(letter.id)]:
        places, cut = _carried(row, letter, parts)
        for part_id, quotes in places.items():
            session.add(_copy(row, part_id, quotes, read_again_at=now if cut else row.read_again_at))
            if row.removed_at is None:
                _decide(part_id, row)
                made += 1
    session.flush()
    return made


def carry_codings_back(letter: Comment, parts: Parts, *, officer_id: uuid.UUID | None, now: datetime) -> None:
    """A theme that officers changed in the parts has in the letter the quotes that it has in them; one that
    they took off in all of them is taken off."""
    mine = {_key(row): row for row in _standing([letter.id])}
    theirs: dict[Key, list[Coding]] = defaultdict(list)
    for row in _standing([comment.id for _, comment in parts]):
        theirs[_key(row)].append(row)
    spans = {comment.id: part.spans for part, comment in parts}
    for key, row in mine.items():
        there = {one.comment_id: set(_quotes(one, len(one.comment.text))) for one in theirs[key]}
        if there == _carried(row, letter, parts)[0]:
            continue
        if there:
            _quote(row, _in_letter(theirs[key], spans))
        else:
            row.removed_at, row.removed_by_id = now, officer_id
    session.flush()
    for key in theirs.keys() - mine.keys():
        if theirs[key]:
            first = theirs[key][0]
            session.add(
                _copy(first, letter.id, _in_letter(theirs[key], spans), read_again_at=first.read_again_at)
            )
    _settle(letter, theirs)


def _carried(row: Coding, letter: Comment, parts: Parts) -> tuple[Quotes, bool]:
    """Where its quotes go, and whether any had to be cut."""
    quotes = _quotes(row, len(letter.text))
    found: Quotes = defaultdict(set)
    cut = False
    for start, end in quotes:
        pieces = [(comment, piece) for part, comment in parts for piece in in_part(part.spans, start, end)]
        words = " ".join(letter.text[start:end].split())
        cut |= [" ".join(comment.text[at:to].split()) for comment, (at, to) in pieces] != [words]
        for comment, piece in pieces:
            found[comment.id].add(piece)
    if not found:  # nothing but white space was quoted
        return {comment.id: {(0, len(comment.text))} for _, comment in parts}, True
    return dict(found), cut


def _quotes(row: Coding, length: int) -> list[Span]:
    """A coding without a quote is one of the whole."""
    return [(one.start, one.end) for one in row.quotes] or [(0, length)]


def _in_letter(rows: Iterable[Coding], spans: Mapping[uuid.UUID, Sequence[Sequence[int]]]) -> set[Span]:
    return {
        place
        for row in rows
        for start, end in _quotes(row, len(row.comment.text))
        for place in in_letter(spans[row.comment_id], start, end)
    }


def _quote(row: Coding, quotes: set[Span]) -> None:
    for one in list(row.quotes):
        if (one.start, one.end) not in quotes:
            row.quotes.remove(one)
            session.delete(one)
    there = {(one.start, one.end) for one in row.quotes}
    row.quotes.extend(_rows(quotes - there))


def _settle(letter: Comment, theirs: Mapping[Key, list[Coding]]) -> None:
    """It is coded while any of its parts was."""
    coded = [row for rows in theirs.values() for row in rows]
    there = _disposition(letter.id)
    if coded:
        _decide(letter.id, coded[0])
    elif there is not None:
        session.delete(there)
    session.flush()


def _decide(comment_id: uuid.UUID, coding: Coding) -> None:
    """Undecided again, too, when the bulk decision is undone that the coding came from."""
    there = _disposition(comment_id)
    if there is None:
        by = {"officer_id": coding.officer_id, "batch_id": coding.batch_id}
        session.add(Disposition(comment_id=comment_id, value=DispositionValue.CODED, **by))
        session.flush()
    else:
        there.value = DispositionValue.CODED


def _disposition(comment_id: uuid.UUID) -> Disposition | None:
    query = select(Disposition).where(Disposition.comment_id == comment_id, Disposition.layer == MAIN_LAYER)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _standing(comment_ids: Collection[uuid.UUID]) -> Sequence[Coding]:
    return _codings(Coding.comment_id.in_(comment_ids), Coding.removed_at.is_(None))


def _taken_off_in_bulk(comment_id: uuid.UUID) -> Sequence[Coding]:
    """They come back when that is undone, in the parts as in the letter."""
    return _codings(Coding.comment_id == comment_id, Coding.removed_in_batch_id.is_not(None))


def _codings(*which: ColumnElement[bool]) -> Sequence[Coding]:
    query = (
        select(Coding)
        .where(Coding.layer == MAIN_LAYER, *which)
        .order_by(Coding.id)
        .options(selectinload(Coding.quotes), selectinload(Coding.comment))
    )
    return session.scalars(query.execution_options(populate_existing=True)).all()


def _key(row: Coding) -> Key:
    return row.theme_id, row.stance


def _copy(
    row: Coding, comment_id: uuid.UUID, quotes: Iterable[Span], *, read_again_at: datetime | None
) -> Coding:
    """By the officer who coded it, and undone with the bulk decision that it came from."""
    return Coding(
        comment_id=comment_id, theme_id=row.theme_id, stance=row.stance, officer_id=row.officer_id,
        source=row.source, batch_id=row.batch_id, created_at=row.created_at, read_again_at=read_again_at,
        removed_at=row.removed_at, removed_by_id=row.removed_by_id,
        removed_in_batch_id=row.removed_in_batch_id, quotes=_rows(quotes),
    )  # fmt: skip


def _rows(quotes: Iterable[Span]) -> list[CodingQuote]:
    return [CodingQuote(start=start, end=end) for start, end in sorted(set(quotes))]
