"""What may be wrong with a coding frame, by rules that are all here. Officers decide; nothing is changed.

The bounds: decision 0203.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from app.counting.overlap import Shared
from app.counting.themes import ThemeCount
from app.models import Theme
from app.themes.queries.frame import in_use, sections_in_use
from app.theming.plain import squash

MOST_IN_SECTION: Final = 20  # themes
SMALLEST_COMMENTS: Final = 5
SMALLEST_SHARE: Final = 0.001  # of all comments, where that is more
DECIDED_FIRST: Final = 0.5  # of the comments, before a theme is called small
LABELS_ALIKE: Final = 0.6  # of the words of both, those they share
DEFINITIONS_ALIKE: Final = 0.7
WORDS_TO_COMPARE: Final = 5  # in a definition; shorter ones say too little
SHARED_LEAST: Final = 5  # comments
SHARED_OF_SMALLER: Final = 0.7
SIDE_LEAST: Final = 5  # comments that support, and that worry
SIDE_SHARE: Final = 0.3  # the smaller side, of both
SAYS_NOTHING: Final = frozenset({"a", "an", "the", "of", "and", "or", "in", "on", "to", "as"})


class WarningKind(StrEnum):
    MANY = "many"
    SMALL = "small"
    ALIKE = "alike"
    OVERLAPPING = "overlapping"
    UNDEFINED = "undefined"
    TWO_SIDES = "two-sides"


@dataclass(frozen=True)
class FrameWarning:
    """`themes`: one, or the two of a pair. `numbers`: those that the sentence about it names."""

    kind: WarningKind
    themes: tuple[Theme, ...]
    numbers: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The same while the themes are, whatever becomes of the numbers."""
        return ".".join([self.kind, *sorted(theme.id.hex for theme in self.themes)])

    @property
    def codes(self) -> str:
        return " and ".join(theme.code for theme in self.themes)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`counts` by code, as pages show them; `decided` of all `comments`."""

    counts: Mapping[str, ThemeCount]
    shared: Sequence[Shared]
    comments: int
    decided: int


def frame_warnings(themes: Sequence[Theme], measured: Measured) -> list[FrameWarning]:
    """By kind, then in the frame's order."""
    used = in_use(themes)
    return [
        *_many(themes, used),
        *_undefined(used),
        *_alike(used),
        *_overlapping(used, measured),
        *_two_sides(used, measured.counts),
        *_small(used, measured),
    ]


def _many(themes: Sequence[Theme], used: Sequence[Theme]) -> Iterator[FrameWarning]:
    for section in sections_in_use(themes):
        held = sum(theme.parent_id == section.id for theme in used)
        if held > MOST_IN_SECTION:
            yield FrameWarning(WarningKind.MANY, (section,), (held,))


def _undefined(used: Iterable[Theme]) -> Iterator[FrameWarning]:
    return (FrameWarning(WarningKind.UNDEFINED, (one,)) for one in used if not one.definition.strip())


def _alike(used: Sequence[Theme]) -> Iterator[FrameWarning]:
    labels = {theme.id: _words(theme.label) for theme in used}
    definitions = {theme.id: _words(theme.definition) for theme in used}
    for one, other in combinations(used, 2):
        defined = definitions[one.id], definitions[other.id]
        compared = min(map(len, defined)) >= WORDS_TO_COMPARE
        if _in_common(labels[one.id], labels[other.id]) >= LABELS_ALIKE or (
            compared and _in_common(*defined) >= DEFINITIONS_ALIKE
        ):
            yield FrameWarning(WarningKind.ALIKE, (one, other))


def _words(text: str) -> frozenset[str]:
    """With "against", "more" and their like, which tell the sides of a subject apart. A plural is its
    singular: more grammar would load the engine into the web."""
    return frozenset(_singular(word) for word in squash(text).split()) - SAYS_NOTHING


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _in_common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _overlapping(used: Sequence[Theme], measured: Measured) -> Iterator[FrameWarning]:
    places: dict[uuid.UUID, int] = {theme.id: place for place, theme in enumerate(used)}
    pairs = [
        (*sorted((places[row.theme_id], places[row.other_id])), row.comments)
        for row in measured.shared
        if row.theme_id in places and row.other_id in places and row.comments >= SHARED_LEAST
    ]
    for first, second, both in sorted(pairs):
        pair = used[first], used[second]
        fewest = min(measured.counts[theme.code].comments for theme in pair)
        if both >= SHARED_OF_SMALLER * fewest:
            yield FrameWarning(WarningKind.OVERLAPPING, pair, (both, fewest))


def _two_sides(used: Iterable[Theme], counts: Mapping[str, ThemeCount]) -> Iterator[FrameWarning]:
    for theme in used:
        count = counts[theme.code]
        fewer = min(count.support, count.concern)
        if fewer >= SIDE_LEAST and fewer >= SIDE_SHARE * (count.support + count.concern):
            yield FrameWarning(WarningKind.TWO_SIDES, (theme,), (count.support, count.concern))


def _small(used: Iterable[Theme], measured: Measured) -> Iterator[FrameWarning]:
    if not measured.comments or measured.decided < DECIDED_FIRST * measured.comments:
        return
    least = max(SMALLEST_COMMENTS, SMALLEST_SHARE * measured.comments)
    for theme in used:
        comments = measured.counts[theme.code].comments
        if comments < least:
            yield FrameWarning(WarningKind.SMALL, (theme,), (comments,))
