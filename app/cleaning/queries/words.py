"""One comment as the page shows it on which its words are hidden."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.counting.cleaning import readable_comments
from app.database import session
from app.models import Comment, Officer, Redaction
from app.responses.hidden import to_shown
from app.responses.marked import Piece, pieces
from app.responses.queries.choices import title_of
from app.responses.queries.redactions import standing_redactions


@dataclass(frozen=True, kw_only=True)
class HiddenSpan:
    """`words` as this officer may read them; `number` is the mark in the text."""

    id: uuid.UUID
    number: int
    kind: str
    words: str
    reason: str
    officer: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CommentToHide:
    id: uuid.UUID
    number: int
    reference: str
    title: str
    pieces: tuple[Piece, ...]
    waiting: tuple[HiddenSpan, ...]
    hidden: tuple[HiddenSpan, ...]
    others: int  # further comments of the same response


def comment_to_hide(
    consultation_id: uuid.UUID, comment_id: uuid.UUID, *, original: bool
) -> CommentToHide | None:
    chosen = readable_comments(consultation_id).where(Comment.id == comment_id)
    comment = session.scalars(chosen.with_only_columns(Comment)).one_or_none()
    if comment is None:
        return None
    rows = standing_redactions([comment_id])
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    names = _names(rows)
    marked = [row for row in rows if row.proposed or original]
    spans = [(*_span(comment, row, original=original), str(numbers[row.id])) for row in marked]
    text = comment.text if original else comment.redacted_text
    shown = [_shown(comment, row, numbers[row.id], names, original=original) for row in rows]
    current = readable_comments(consultation_id).where(Comment.response_id == comment.response_id)
    return CommentToHide(
        id=comment.id,
        number=comment.number,
        reference=comment.response.reference,
        title=title_of(comment.question) if comment.question else "General",
        pieces=pieces(text, spans),
        waiting=tuple(one for one, row in zip(shown, rows, strict=True) if row.proposed),
        hidden=tuple(one for one, row in zip(shown, rows, strict=True) if not row.proposed),
        others=len(session.scalars(current).all()) - 1,
    )


def _span(comment: Comment, row: Redaction, *, original: bool) -> tuple[int, int]:
    return (row.start, row.end) if original else to_shown(comment.hidden, row.start, row.end)


def _shown(
    comment: Comment, row: Redaction, number: int, names: dict[uuid.UUID, str], *, original: bool
) -> HiddenSpan:
    start, end = _span(comment, row, original=original)
    officer = row.decided_by_id or row.officer_id
    return HiddenSpan(
        id=row.id,
        number=number,
        kind=row.kind,
        words=(comment.text if original else comment.redacted_text)[start:end],
        reason=row.reason,
        officer=names.get(officer) if officer else None,
        at=row.created_at,
    )


def _names(rows: list[Redaction]) -> dict[uuid.UUID, str]:
    wanted = {key for row in rows for key in (row.decided_by_id, row.officer_id) if key}
    query = select(Officer.id, Officer.name).where(Officer.id.in_(wanted))
    return {key: name for key, name in session.execute(query)}
