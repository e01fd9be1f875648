"""What the second coder of a sample has decided about one comment, in the layer of the sample."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.database import session
from app.enums import DispositionValue, Stance
from app.models import Coding, Comment, Disposition
from app.responses.hidden import shown_words


@dataclass(frozen=True)
class SecondCoding:
    id: uuid.UUID
    code: str
    label: str
    stance: Stance
    quotes: tuple[str, ...]  # none: the whole comment


def second_codings(comment_id: uuid.UUID, *, layer: str) -> list[SecondCoding]:
    query = (
        select(Coding, Comment)
        .join(Comment, Comment.id == Coding.comment_id)
        .where(Coding.comment_id == comment_id, Coding.layer == layer, Coding.removed_at.is_(None))
        .options(selectinload(Coding.quotes), joinedload(Coding.theme))
        .order_by(Coding.id)
    )
    return [
        SecondCoding(
            coding.id,
            coding.theme.code,
            coding.theme.label,
            coding.stance,
            tuple(
                shown_words(comment, quote.start, quote.end)
                for quote in coding.quotes
                if (quote.start, quote.end) != (0, len(comment.text))
            ),
        )
        for coding, comment in session.execute(query)
    ]


def outcome_in(comment_id: uuid.UUID, *, layer: str) -> DispositionValue | None:
    query = select(Disposition.value).where(Disposition.comment_id == comment_id, Disposition.layer == layer)
    return session.scalar(query)
