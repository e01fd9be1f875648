"""Comments and suggestions as pages show them: the words around the span, and why it was suggested."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.enums import Stance
from app.models import Comment, Suggestion
from app.responses.hidden import shown_span
from app.themes.marks import ReadingPiece, excerpt, reading
from app.themes.queries.suggestions import Word, in_words, nearest_names


@dataclass(frozen=True, kw_only=True)
class SuggestionCard:
    """`why` is a line in words. `cut_before` and `cut_after`: there is more of the comment."""

    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str
    question: str
    word: Word
    percent: int
    stance: Stance
    span: str
    why: str
    pieces: tuple[ReadingPiece, ...]
    cut_before: bool
    cut_after: bool


def cards(rows: Sequence[Suggestion]) -> list[SuggestionCard]:
    """Of suggestions loaded with their comments."""
    names = nearest_names(rows)
    return [card(row, names) for row in rows]


def card(row: Suggestion, names: dict[uuid.UUID, str]) -> SuggestionCard:
    comment = row.comment
    start, end = shown_span(comment, row.start, row.end)
    first, last = excerpt(comment.redacted_text, start, end)
    return SuggestionCard(
        id=row.id,
        comment_id=comment.id,
        reference=comment.response.reference,
        question=about(comment),
        word=in_words(row.probability),
        percent=percent(row.probability),
        stance=row.stance,
        span=comment.redacted_text[start:end],
        why=why(row, names),
        pieces=reading(comment.redacted_text[first:last], suggested=[(start - first, end - first, "")]),
        cut_before=first > 0,
        cut_after=last < len(comment.redacted_text),
    )


def percent(probability: float) -> int:
    """Rounded down, so that 69.6% is not called 70% and Possible in one line; never 100."""
    return min(99, int(probability * 100 + 1e-9))


def about(comment: Comment) -> str:
    """Where the comment comes from, in a few words."""
    question = comment.question
    if question:
        return question.part_title or question.key
    return f"About paragraph {comment.passage.number}" if comment.passage else "General"


def why(row: Suggestion, names: dict[uuid.UUID, str]) -> str:
    reason = row.reason
    nearest = [names[uuid.UUID(key)] for key in reason.get("nearest", []) if uuid.UUID(key) in names]
    if reason.get("kind") == "coded" and nearest:
        cues = f"; uses {_quoted(reason['cues'])}" if reason.get("cues") else ""
        return f"like {_listed(list(dict.fromkeys(nearest)))}, coded by officers{cues}"
    if reason.get("cues"):
        return f"uses {_quoted(reason['cues'])}"
    return "matches the definition"


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
