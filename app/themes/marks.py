"""A comment cut into pieces for reading: chosen quotes and suggested spans, which may overlap."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.responses.marked import Span, pieces

_SUGGESTED = "~"  # no theme's code begins so


@dataclass(frozen=True)
class ReadingPiece:
    """`quotes` and `suggestions` name those that end with this piece: codes, and numbers."""

    text: str
    quoted: bool = False
    suggested: bool = False
    quotes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def reading(
    text: str, *, quotes: Iterable[Span] = (), suggested: Iterable[Span] = ()
) -> tuple[ReadingPiece, ...]:
    """Joined, the pieces are the text."""
    spans = [*quotes, *((start, end, _SUGGESTED + label) for start, end, label in suggested)]
    found = []
    for piece in pieces(text, spans):
        machine = [label.startswith(_SUGGESTED) for label in piece.labels]
        found.append(
            ReadingPiece(
                piece.text,
                quoted=not all(machine),
                suggested=any(machine),
                quotes=tuple(one for one in piece.ending if not one.startswith(_SUGGESTED)),
                suggestions=tuple(one[1:] for one in piece.ending if one.startswith(_SUGGESTED)),
            )
        )
    return tuple(found)


def excerpt(text: str, start: int, end: int, *, reach: int = 300) -> tuple[int, int]:
    """The part of a long text around a span, from one space to another; all of a short one."""
    if len(text) <= 3 * reach:
        return 0, len(text)
    first = max(0, start - reach)
    last = min(len(text), max(end, start) + reach)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space > 0 else last
    return first, last
