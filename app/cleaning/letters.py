"""A letter cut into parts for the questions: all of its words, each in exactly one part.

Offsets are code points of the letter as it was sent.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.responses.hidden import Span

Target = uuid.UUID | None  # a question; None: general
Start = tuple[int, Target]
BETWEEN = "\n\n"


@dataclass(frozen=True)
class Part:
    """`spans` are in order, without white space around them; `text` is these, a blank line between."""

    question_id: Target
    spans: tuple[Span, ...]
    text: str


def parts_of(letter: str, starts: Iterable[Start]) -> tuple[Part, ...]:
    """One for each question, in the order in which the letter comes to them. `starts`: where each point
    begins and where it belongs; it goes on to the next."""
    found: dict[Target, list[Span]] = {}
    before: Target | bool = False
    for start, end, target in _pieces(letter, starts):
        spans = found.setdefault(target, [])
        if spans and before == target:
            spans[-1] = (spans[-1][0], end)  # nothing stands between the two
        else:
            spans.append((start, end))
        before = target
    return tuple(Part(target, tuple(spans), text_of(letter, spans)) for target, spans in found.items())


def _pieces(letter: str, starts: Iterable[Start]) -> Iterator[tuple[int, int, Target]]:
    inside = {start: target for start, target in starts if 0 <= start < len(letter)}
    places = sorted({0, *inside})
    for start, end in zip(places, [*places[1:], len(letter)], strict=True):
        piece = letter[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = end - (len(piece) - len(piece.rstrip()))
        if first < last:
            yield first, last, inside.get(start)


def text_of(letter: str, spans: Iterable[Sequence[int]]) -> str:
    return BETWEEN.join(letter[start:end] for start, end in spans)


def in_part(spans: Iterable[Sequence[int]], start: int, end: int) -> list[Span]:
    """Where a span of the letter stands in the part; nowhere, or in several pieces."""
    return [
        (at + max(start, first) - first, at + min(end, last) - first)
        for at, first, last in _placed(spans)
        if start < last and end > first
    ]


def in_letter(spans: Iterable[Sequence[int]], start: int, end: int) -> list[Span]:
    """Where a span of the part stands in the letter."""
    return [
        (first + max(start, at) - at, first + min(end, at + last - first) - at)
        for at, first, last in _placed(spans)
        if start < at + last - first and end > at
    ]


def _placed(spans: Iterable[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Each span with where it begins in the part."""
    at = 0
    for first, last in spans:
        yield at, first, last
        at += last - first + len(BETWEEN)
