"""What the machine found that needs handling: flags, and personal data as proposed redactions.

The machine's rows are made anew each time; what officers settled, decided or reversed stays and is not asked
again.
"""

import uuid
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import delete, select, update

from app.database import blocks, session
from app.enums import FlagSource
from app.models import Comment, Flag, Redaction


@dataclass(frozen=True)
class FoundSpan:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class FoundInComment:
    comment_id: uuid.UUID
    codes: tuple[str, ...] = ()
    personal_data: tuple[FoundSpan, ...] = ()
    language: str = ""  # of its text; empty leaves it as it is


def record_triage(
    found: Sequence[FoundInComment], *, consultation_id: uuid.UUID, only: Set[uuid.UUID] | None = None
) -> None:
    """Of all comments that were read: what was found before and is not found now goes, unless settled.
    `only`: these alone were read, and the others stay as they are."""
    flags = {(one.comment_id, code) for one in found for code in one.codes}
    spans = {(one.comment_id, span.kind, span.start, span.end) for one in found for span in one.personal_data}
    read = _marked(consultation_id) | {one.comment_id for one in found} if only is None else only
    _flags(flags, read)
    _redactions(spans, read)
    _languages({one.comment_id: one.language for one in found if one.language})


def forget_triage_of_others(read: Set[uuid.UUID], *, consultation_id: uuid.UUID, before: uuid.UUID) -> None:
    """What was found before in comments that are not among those that are read now. Those whose ids, which
    follow the time, are later than `before` came meanwhile: a call for help found on arrival stays."""
    others = {key for key in _marked(consultation_id) - read if key < before}
    record_triage((), consultation_id=consultation_id, only=others)


def _marked(consultation_id: uuid.UUID) -> set[uuid.UUID]:
    here = select(Comment.id).where(Comment.consultation_id == consultation_id)
    rows = (
        select(model.comment_id).where(model.comment_id.in_(here), model.source == FlagSource.MACHINE)
        for model in (Flag, Redaction)
    )
    return {key for query in rows for key in session.scalars(query)}


def _flags(wanted: set[tuple[uuid.UUID, str]], read: Set[uuid.UUID]) -> None:
    rows = [row for row in _rows(Flag, read) if row.source is FlagSource.MACHINE]
    there = {(row.comment_id, row.code): row for row in rows}
    gone = [row.id for key, row in there.items() if key not in wanted and row.settled_at is None]
    _delete(Flag, gone)
    session.add_all(
        Flag(comment_id=comment, code=code, source=FlagSource.MACHINE)
        for comment, code in sorted(wanted - there.keys())
    )
    session.flush()


def _redactions(wanted: set[tuple[uuid.UUID, str, int, int]], read: Set[uuid.UUID]) -> None:
    """A span that anyone has proposed, decided or reversed before is not proposed again."""
    rows = list(_rows(Redaction, read))
    places = {(comment, start, end) for comment, _, start, end in wanted}
    gone = [
        row.id
        for row in rows
        if row.source is FlagSource.MACHINE
        and row.proposed
        and row.reversed_at is None
        and (row.comment_id, row.start, row.end) not in places
    ]
    _delete(Redaction, gone)
    there = {(row.comment_id, row.start, row.end) for row in rows}
    session.add_all(
        Redaction(comment_id=c, start=start, end=end, kind=kind, source=FlagSource.MACHINE, proposed=True)
        for c, kind, start, end in sorted(wanted)
        if (c, start, end) not in there
    )
    session.flush()


def _languages(found: dict[uuid.UUID, str]) -> None:
    changed: dict[str, list[uuid.UUID]] = {}
    for block in blocks(sorted(found)):
        for key, language in session.execute(
            select(Comment.id, Comment.language).where(Comment.id.in_(block))
        ):
            if found[key] != language:
                changed.setdefault(found[key], []).append(key)
    for language, ids in sorted(changed.items()):
        for block in blocks(ids):
            session.execute(update(Comment).where(Comment.id.in_(block)).values(language=language))


Row = TypeVar("Row", Flag, Redaction)


def _rows(model: type[Row], comments: Set[uuid.UUID]) -> Iterator[Row]:
    for block in blocks(sorted(comments)):
        yield from session.scalars(select(model).where(model.comment_id.in_(block)))


def _delete(model: type[Flag] | type[Redaction], ids: Sequence[uuid.UUID]) -> None:
    for block in blocks(ids):
        session.execute(delete(model).where(model.id.in_(block)))
