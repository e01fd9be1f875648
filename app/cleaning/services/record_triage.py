"""What the machine found that needs handling: flags, and personal data as proposed redactions.

The machine's rows are made anew each time; what officers settled, decided or reversed stays and is not asked
again.
"""

import uuid
from collections.abc import Sequence, Set
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

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


@dataclass(frozen=True)
class RecordedTriage:
    flags: int
    personal_data: int


def record_triage(
    found: Sequence[FoundInComment], *, consultation_id: uuid.UUID, only: Set[uuid.UUID] | None = None
) -> RecordedTriage:
    """Of all comments that were read: what was found before and is not found now goes, unless settled.
    `only`: these alone were read, and the others stay as they are."""
    flags = {(one.comment_id, code) for one in found for code in one.codes}
    spans = {(one.comment_id, span.kind, span.start, span.end) for one in found for span in one.personal_data}
    _flags(flags, consultation_id, only)
    _redactions(spans, consultation_id, only)
    _languages({one.comment_id: one.language for one in found if one.language}, consultation_id)
    return RecordedTriage(len(flags), len(spans))


def _flags(
    wanted: set[tuple[uuid.UUID, str]], consultation_id: uuid.UUID, only: Set[uuid.UUID] | None
) -> None:
    mine = (_of(Flag.comment_id, consultation_id), Flag.source == FlagSource.MACHINE)
    rows = session.scalars(select(Flag).where(*mine))
    there = {(row.comment_id, row.code): row for row in rows if only is None or row.comment_id in only}
    gone = [row.id for key, row in there.items() if key not in wanted and row.settled_at is None]
    _delete(Flag, gone)
    session.add_all(
        Flag(comment_id=comment, code=code, source=FlagSource.MACHINE)
        for comment, code in sorted(wanted - there.keys())
    )
    session.flush()


def _redactions(
    wanted: set[tuple[uuid.UUID, str, int, int]], consultation_id: uuid.UUID, only: Set[uuid.UUID] | None
) -> None:
    """A span that anyone has proposed, decided or reversed before is not proposed again."""
    of_all = session.scalars(select(Redaction).where(_of(Redaction.comment_id, consultation_id)))
    rows = [row for row in of_all if only is None or row.comment_id in only]
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


def _languages(found: dict[uuid.UUID, str], consultation_id: uuid.UUID) -> None:
    mine = Comment.consultation_id == consultation_id
    rows = session.execute(select(Comment.id, Comment.language).where(mine))
    there = {key: language for key, language in rows}
    changed = {key: language for key, language in found.items() if there.get(key, language) != language}
    for language in sorted(set(changed.values())):
        ids = [key for key in changed if changed[key] == language]
        for block in blocks(ids):
            session.execute(update(Comment).where(Comment.id.in_(block)).values(language=language))


def _of(column: InstrumentedAttribute[uuid.UUID], consultation_id: uuid.UUID) -> ColumnElement[bool]:
    return column.in_(select(Comment.id).where(Comment.consultation_id == consultation_id))


def _delete(model: type[Flag] | type[Redaction], ids: Sequence[uuid.UUID]) -> None:
    for block in blocks(ids):
        session.execute(delete(model).where(model.id.in_(block)))
