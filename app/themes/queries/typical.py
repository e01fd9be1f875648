"""Comments that show what a theme is: coded by officers, and plainest or least plain to the software."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from app.counting.behind import standing_coding
from app.counting.frame import frame
from app.counting.suggestions import current_run
from app.counting.two_queries import comment_is_counted
from app.database import session
from app.enums import Stance
from app.models import Coding, CodingQuote, Comment, Response, Suggestion
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
    found: dict[str, Any] = {}
    for row in islice(_plainest_first(consultation_id, theme), READ):
        found.setdefault(row[1].redacted_text, row)
    rows = list(found.values())[:most]
    quotes = _quotes([coding.id for coding, _, _ in rows])
    return [
        _typical(coding, comment, reference, theme, quotes[coding.id]) for coding, comment, reference in rows
    ]


def _quotes(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[CodingQuote]]:
    found: dict[uuid.UUID, list[CodingQuote]] = defaultdict(list)
    query = select(CodingQuote).where(CodingQuote.coding_id.in_(ids)).order_by(CodingQuote.start)
    for quote in session.scalars(query):
        found[quote.coding_id].append(quote)
    return found


def _plainest_first(consultation_id: uuid.UUID, theme: str) -> Iterator[Any]:
    """Long comments before short ones; of each, those that the software finds likely before the others.
    Sorted together, all codings of the theme would be read for a few of them."""
    family = frame(consultation_id).under(theme)
    run_id = session.scalar(current_run(consultation_id))
    suggested = (Suggestion.run_id == run_id, Suggestion.theme_id.in_(family))
    coded = (
        select(Coding, Comment, Response.reference)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(standing_coding(), Coding.theme_id.in_(family))
        .order_by(Coding.id)
    )
    unnamed = ~exists().where(Suggestion.comment_id == Coding.comment_id, *suggested)
    for length in (Comment.word_count >= FEWEST_WORDS, Comment.word_count < FEWEST_WORDS):
        wanted = and_(length, comment_is_counted(consultation_id))
        likely = _likeliest(family, suggested, wanted)
        rows = session.execute(coded.where(Comment.id.in_(likely)))
        yield from sorted(rows, key=lambda row: likely[row[1].id])
        yield from session.execute(coded.where(wanted, unnamed).limit(READ))


def _likeliest(
    family: Sequence[uuid.UUID], suggested: Iterable[ColumnElement[bool]], wanted: ColumnElement[bool]
) -> dict[uuid.UUID, int]:
    """Comments with their places, in the order of an index: so "exists", and no join."""
    has_it = exists().where(
        Coding.comment_id == Suggestion.comment_id, Coding.theme_id.in_(family), standing_coding()
    )
    query = (
        select(Suggestion.comment_id)
        .where(*suggested, has_it, exists().where(Comment.id == Suggestion.comment_id, wanted))
        .order_by(Suggestion.probability.desc(), Suggestion.comment_id)
    )
    found = dict.fromkeys(session.scalars(query.limit(READ)))
    return {comment_id: place for place, comment_id in enumerate(found)}


def _typical(
    coding: Coding, comment: Comment, reference: str, theme: str, quotes: Sequence[CodingQuote]
) -> Typical:
    text = comment.redacted_text
    shown = [shown_span(comment, quote.start, quote.end) for quote in quotes] or [(0, len(text))]
    first, last = excerpt(text, *shown[0])
    spans = [(start - first, end - first, theme) for start, end in shown]
    return Typical(
        comment_id=coding.comment_id,
        reference=reference,
        stance=coding.stance,
        pieces=reading(text[first:last], quotes=spans),
        cut_before=first > 0,
        cut_after=last < len(text),
    )
