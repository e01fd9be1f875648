"""The codings of a theme as they are sorted into the parts of a split."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.counting.behind import comments_behind, standing_coding
from app.counting.frame import frame
from app.database import session
from app.enums import Stance
from app.models import Coding, Comment, Officer, Response
from app.responses.hidden import shown_words

MOST = 200


@dataclass(frozen=True)
class ToSort:
    """`suggested`: the numbers of the parts whose words stand in the quotes."""

    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str
    officer: str
    stance: Stance
    quotes: tuple[str, ...]
    suggested: frozenset[int]


def codings_to_sort(
    consultation_id: uuid.UUID, code: str, *, words: Sequence[Sequence[str]]
) -> tuple[list[ToSort], int]:
    """The first of them on comments that count, and how many there are. `words`: for each part, any of which
    speaks for it."""
    query = (
        select(Coding, Comment, Response.reference, Officer.name)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(
            Coding.theme_id.in_(frame(consultation_id).under(code)),
            standing_coding(),
            Comment.id.in_(comments_behind(consultation_id)),
        )
        .options(selectinload(Coding.quotes))
    )
    count = session.scalar(query.with_only_columns(func.count(Coding.id)).options()) or 0
    rows = session.execute(query.order_by(Coding.id).limit(MOST))
    return [_to_sort(*row, words=words) for row in rows], count


def _to_sort(
    coding: Coding, comment: Comment, reference: str, officer: str, *, words: Sequence[Sequence[str]]
) -> ToSort:
    quotes = tuple(shown_words(comment, quote.start, quote.end) for quote in coding.quotes)
    said = " ".join(quotes).casefold()
    fits = frozenset(n for n, some in enumerate(words) if any(one.casefold() in said for one in some))
    return ToSort(coding.id, comment.id, reference, officer, coding.stance, quotes, fits)
