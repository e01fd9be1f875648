"""A comment as the points it makes: spans of the original text, one point each.

Sentences come from Punkt (Kiss and Strunk 2006) with our own abbreviations and no trained data. Lists become
one point an item, lines broken by a mail program are joined, and text without any punctuation is cut at the
words that people use to start another point.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from app.theming.text import is_stop_word, word_texts
from app.theming.wordlists import word_list

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_BULLET: Final = re.compile(r"\s*(?:[-*•·–—◦▪●]|\(?\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+", re.IGNORECASE)
_TURN: Final = re.compile(
    r";\s+|\s+(?=(?:and also|but|also|because|however|plus|then|and|so)\s)", re.IGNORECASE
)
# Where a new statement can begin in a text without any punctuation; used only when no turn is there.
_STARTS: Final = re.compile(r"\s+(?=(?:we|i|i'm|they|there|please|what|why|how|if)\s)", re.IGNORECASE)
_MARKS: Final = re.compile(r"[.!?…;]")
_ENDS: Final = (".", "!", "?", ":", ";", "…")
_LONG_LINE: Final = 40  # characters: a shorter line without a full stop was ended by its writer
_STATEMENT: Final = 4  # words that a line typed without a full stop has when it says something by itself
_LONG_POINT: Final = 45  # words: longer sentences are cut at their turns
_SHORT_POINT: Final = 3  # words: shorter pieces are joined to the next
_WINDOW: Final = 800  # characters given to Punkt at a time
_LONG_SHORT: Final = 120  # characters: no longer piece is too short, whatever is in it
_PIECE: Final = 12  # words that a piece has before it is cut


class Span(NamedTuple):
    """A part of a text: `text[start:end]`, in code points."""

    start: int
    end: int


@lru_cache(maxsize=1)
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(word_list("abbreviations"))
    return PunktSentenceTokenizer(parameters)


def split_points(text: str) -> tuple[Span, ...]:
    """Spans of `text`, in order and without overlap, each the statement of a point.

    Every word is in exactly one span; spans neither start nor end with white space. Empty text has none.
    """
    spans: list[Span] = []
    for block in _blocks(text):
        sentences = [
            trimmed(text, Span(block.start + a, block.start + b)) for a, b in _sentences(text, block)
        ]
        cut = [piece for sentence in sentences for piece in _turns(text, sentence)]
        spans.extend(_joined(text, [piece for piece in cut if piece.start < piece.end]))
    return tuple(spans)


def _sentences(text: str, block: Span) -> Iterator[tuple[int, int]]:
    """Sentences of a block, relative to its start. Punkt's time grows with the square of an odd text, so it
    is given windows of bounded length, each ending where a word does."""
    part = text[block.start : block.end]
    start = 0
    while start < len(part):
        end = start + _WINDOW
        if end < len(part):
            breaks = [part.rfind(mark, start + _WINDOW // 2, end) for mark in (". ", "? ", "! ", " ")]
            end = next((at + 1 for at in breaks if at >= 0), end)
        yield from ((start + a, start + b) for a, b in _punkt().span_tokenize(part[start:end]))
        start = end


def trimmed(text: str, span: Span) -> Span:
    """`span` of `text` without the white space around it; possibly empty."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.end - (len(part) - len(part.rstrip()))))


def _blocks(text: str) -> Iterator[Span]:
    """Paragraphs, list items and lines that stand alone; broken lines of one paragraph together."""
    current: Span | None = None
    for match in _LINE.finditer(text):
        line = trimmed(text, Span(match.start(), match.end()))
        if current is not None and (line.start == line.end or not _continues(text, current, line)):
            yield current
            current = None
        if line.start < line.end:
            current = Span(current.start, line.end) if current else line
    if current is not None:
        yield current


def _continues(text: str, before: Span, line: Span) -> bool:
    """Whether `line` carries on the paragraph `before`: no blank line between, no list item, a line that
    ran to its edge or a sentence that had not ended."""
    gap = text[before.end : line.start].replace("\r\n", "\n")
    if sum(gap.count(mark) for mark in "\n\r\u2028\u2029\x0b\x0c") > 1:
        return False
    if _BULLET.match(text[line.start : line.start + 12]):
        return False
    last = text[max(before.start, before.end - 400) : before.end].splitlines()[-1]
    if len(last) >= _LONG_LINE:
        return True
    if not text[line.start].islower() or last.endswith(_ENDS):
        return False
    return _MARKS.search(text) is not None or _breaks_off(last)


def _breaks_off(line: str) -> bool:
    """Whether a short line, of a writer who uses no full stops, cannot be all of a statement."""
    listed = word_texts(line)
    return line.endswith(",") or len(listed) < _STATEMENT or is_stop_word(listed[-1])


def _turns(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence, or the pieces of a long one."""
    part = text[sentence.start : sentence.end]
    if len(word_texts(part)) <= _LONG_POINT:
        yield sentence
        return
    for start, end in _cut(part, _TURN):
        piece = part[start:end]
        smaller = _cut(piece, _STARTS) if len(word_texts(piece)) > _LONG_POINT else [(0, len(piece))]
        for first, last in smaller:
            yield trimmed(text, Span(sentence.start + start + first, sentence.start + start + last))


def _cut(part: str, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where `part` is cut at the places of a pattern, each piece but the last of twelve words or more."""
    pieces = []
    start = 0
    for place in at.finditer(part):
        if len(word_texts(part[start : place.start()])) >= _PIECE:
            pieces.append((start, place.start() + 1))
            start = place.end()
    return [*pieces, (start, len(part))]


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    """Pieces of a block with those too short to be a point joined to a neighbour."""
    done: list[Span] = []
    for piece in pieces:
        if done and (_is_short(text, done[-1]) or _is_short(text, piece)):
            done[-1] = Span(done[-1].start, piece.end)
        else:
            done.append(piece)
    return done


def _is_short(text: str, span: Span) -> bool:
    if span.end - span.start > _LONG_SHORT:
        return False
    return len(word_texts(text[span.start : span.end])) < _SHORT_POINT
