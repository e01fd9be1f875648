"""What a sender added to a template, as spans of their text."""

from difflib import SequenceMatcher
from typing import Final

from app.theming.points import Span
from app.theming.text import squash, words

_GAP: Final = 2  # template words between own words that do not interrupt them
_FEWEST: Final = 4  # own words in a row that are worth showing
_LONGEST: Final = 3_000  # words that are compared


def own_words(text: str, template: str) -> tuple[Span, ...]:
    """Spans of `text` that are not in `template`, in order: runs of four words or more, in code points."""
    listed = list(words(text))[:_LONGEST]
    plain = [squash(word.text) for word in listed]
    base = [squash(word.text) for word in words(template)][:_LONGEST]
    common = [False] * len(plain)
    for block in SequenceMatcher(None, base, plain, autojunk=False).get_matching_blocks():
        if block.size > 1 or (block.size == 1 and len(plain) < _FEWEST):
            common[block.b : block.b + block.size] = [True] * block.size
    runs: list[list[int]] = []
    for place in (place for place, in_template in enumerate(common) if not in_template):
        if runs and place - runs[-1][-1] <= _GAP + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return tuple(
        _whole(text, listed[run[0]].start, listed[run[-1]].end) for run in runs if len(run) >= _FEWEST
    )


def _whole(text: str, start: int, end: int) -> Span:
    """The span with the punctuation that closes it."""
    while end < len(text) and text[end] in ".!?…)”\"'":
        end += 1
    return Span(start, end)
