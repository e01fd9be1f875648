"""A text cut where marked spans begin and end, so that a page can show each piece with its marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int, str]  # start, end, label; offsets in code points


@dataclass(frozen=True)
class Piece:
    """`labels` are of the spans over this piece, `ending` those of them that end with it."""

    text: str
    labels: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Joined, the pieces are the text. Spans may overlap; what lies outside the text is left out."""
    inside = [(max(0, start), min(len(text), end), label) for start, end, label in spans]
    inside = sorted({span for span in inside if span[0] < span[1]})
    cuts = sorted({0, len(text), *(cut for start, end, _ in inside for cut in (start, end))})
    return tuple(
        Piece(
            text[start:end],
            tuple(dict.fromkeys(label for s, e, label in inside if s <= start and end <= e)),
            tuple(dict.fromkeys(label for s, e, label in inside if s <= start and end == e)),
        )
        for start, end in pairwise(cuts)
    )
