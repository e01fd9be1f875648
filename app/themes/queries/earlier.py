"""What a comment said before its sender changed it, with what officers had decided about that wording."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from app.counting.frame import Frame
from app.database import session
from app.models import Comment, LetterDivision, LetterPart
from app.responses.queries.codings import Decided, decided


@dataclass(frozen=True)
class EarlierWording:
    text: str
    decided: Decided


def earlier_wordings(comment: Comment, of: Frame) -> tuple[EarlierWording, ...]:
    """The newest first, a letter with the parts it was divided into. None of what was decided about them
    counts any more."""
    if comment.replaces_id is None:
        return ()
    replaced = select(Comment).where(
        Comment.response_id == comment.response_id, Comment.is_current.is_(False)
    )
    rows = {row.id: row for row in session.scalars(replaced)}
    chain: list[Comment] = []
    following: uuid.UUID | None = comment.replaces_id
    while following is not None and (row := rows.get(following)) is not None:
        chain += [row, *(rows[key] for key in _parts_of(row) if key in rows)]
        following = row.replaces_id
    so_far = decided(of, [row.id for row in chain])
    return tuple(EarlierWording(row.redacted_text, so_far[row.id]) for row in chain)


def _parts_of(letter: Comment) -> list[uuid.UUID]:
    query = (
        select(LetterPart.comment_id)
        .join(LetterDivision, LetterDivision.id == LetterPart.division_id)
        .where(LetterDivision.comment_id == letter.id, LetterDivision.undone_at.is_(None))
        .order_by(LetterPart.comment_id)
    )
    return list(session.scalars(query))
