"""What a decision over many suggestions at once would do, before it is taken."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.counting.frame import frame
from app.counting.suggestions import is_coded, is_decided, is_settled
from app.database import session
from app.enums import Decision
from app.models import Comment, Suggestion, SuggestionDecision
from app.themes.queries.suggestions import Band, suggestions_for, waiting, with_comments

DRAWN = 10
LEAST_LIKELY = 5


@dataclass(frozen=True)
class Preview:
    """`digest` stands for the exact list: whoever applies it says which list they saw."""

    count: int
    there: int
    dismissed: int
    closed: int
    drawn: Sequence[Suggestion]
    least: Sequence[Suggestion]
    digest: str


def preview(consultation_id: uuid.UUID, *, theme: str, band: Band) -> Preview:
    """The exact numbers, ten examples drawn at random (the same each time) and the five least likely."""
    chosen = chosen_ids(consultation_id, theme=theme, band=band)
    digest = digest_of(chosen)
    least, rest = chosen[:LEAST_LIKELY], chosen[LEAST_LIKELY:]
    drawn = random.Random(digest).sample(rest, min(DRAWN, len(rest)))  # noqa: S311  # examples, no secret
    shown = _shown(consultation_id, [*least, *drawn])
    there, dismissed, closed = _left_alone(consultation_id, theme=theme, band=band)
    return Preview(
        len(chosen), there, dismissed, closed,
        [shown[key] for key in drawn], [shown[key] for key in least], digest,
    )  # fmt: skip


def chosen_ids(consultation_id: uuid.UUID, *, theme: str, band: Band) -> list[uuid.UUID]:
    """The least likely first. One a comment: a theme merged from two may have two suggestions on it."""
    rows = session.execute(
        waiting(consultation_id, theme=theme, band=band)
        .with_only_columns(Suggestion.id, Suggestion.comment_id)
        .order_by(Suggestion.probability, Suggestion.id)
    )
    return list({comment: key for key, comment in rows}.values())


def digest_of(ids: Sequence[uuid.UUID]) -> str:
    return hashlib.sha256("".join(sorted(one.hex for one in ids)).encode()).hexdigest()[:16]


def _shown(consultation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Suggestion]:
    query = with_comments(suggestions_for(consultation_id)).where(Suggestion.id.in_(ids))
    return {row.id: row for row in session.scalars(query)}


def _left_alone(consultation_id: uuid.UUID, *, theme: str, band: Band) -> tuple[int, int, int]:
    """Comments that have the theme already, where it was dismissed, and that are closed otherwise."""
    every = suggestions_for(consultation_id, theme=theme, band=band)
    coded = is_coded(frame(consultation_id))
    dismissed = (
        select(SuggestionDecision.id)
        .where(
            SuggestionDecision.comment_id == Suggestion.comment_id,
            SuggestionDecision.theme_id == Suggestion.theme_id,
            SuggestionDecision.decision == Decision.DISMISSED,
        )
        .exists()
    )
    counts = [
        session.scalar(every.where(*rule).with_only_columns(func.count(Comment.id.distinct()))) or 0
        for rule in ((coded,), (dismissed, ~coded), (is_settled(), ~is_decided(), ~coded))
    ]
    return counts[0], counts[1], counts[2]
