"""Comments that show what a theme is: coded by officers, and plainest or least plain to the software."""

import uuid
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from app.counting.behind import CommentFilter, comments_behind, standing_coding
from app.counting.frame import frame
from app.counting.suggestions import current_run
from app.database import session
from app.enums import Stance
from app.models import Coding, Comment, Response, Suggestion
from app.responses.hidden import shown_span
from app.themes.marks import ReadingPiece, excerpt, reading

FEWEST_WORDS = 8  # shorter ones come last: "earlier bus" shows little
READ = 60  # among which copies of one text are found


@dataclass(frozen=True, kw_only=True)
class Typical:
    comment_id: uuid.UUID
    reference: str
    stance: Stance
    pieces: tuple[ReadingPiece, ...]
    cut_before: bool
    cut_after: bool


def typical_comments(consultation_id: uuid.UUID, *, theme: str, most: int = 5) -> list[Typical]:
    """Different words only: the copies of a campaign are one example. Without a run, the oldest."""
    family = frame(consultation_id).under(theme)
    current = current_run(consultation_id).scalar_subquery()
    query = (
        select(Coding, Comment, Response.reference)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .outerjoin(
            Suggestion,
            and_(
                Suggestion.comment_id == Comment.id,
                Suggestion.run_id == current,
                Suggestion.theme_id.in_(family),
            ),
        )
        .where(
            standing_coding(),
            Coding.theme_id.in_(family),
            Comment.id.in_(comments_behind(consultation_id, CommentFilter(theme=theme))),
        )
        .order_by(Comment.word_count < FEWEST_WORDS, Suggestion.probability.desc().nulls_last(), Coding.id)
        .options(selectinload(Coding.quotes))
        .limit(READ)
    )
    found: dict[str, Typical] = {}
    for coding, comment, reference in session.execute(query):
        if comment.redacted_text not in found:
            found[comment.redacted_text] = _typical(coding, comment, reference, theme)
    return list(found.values())[:most]


def _typical(coding: Coding, comment: Comment, reference: str, theme: str) -> Typical:
    text = comment.redacted_text
    quotes = [shown_span(comment, quote.start, quote.end) for quote in coding.quotes] or [(0, len(text))]
    first, last = excerpt(text, *quotes[0])
    spans = [(start - first, end - first, theme) for start, end in quotes]
    return Typical(
        comment_id=coding.comment_id,
        reference=reference,
        stance=coding.stance,
        pieces=reading(text[first:last], quotes=spans),
        cut_before=first > 0,
        cut_after=last < len(text),
    )
