"""Hidden words of a comment: what everyone without the right to the original reads, and where things stand
in it.

Spans of quotes and suggestions are offsets in the text as it was sent. A page that shows the redacted text
asks here where they are; a span that cuts into hidden words then takes in the whole label.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.models import Comment

Span = tuple[int, int]
Hidden = Sequence[Any]  # [start, end, label], in order and without overlap

KINDS: dict[str, str] = {
    "name": "name",
    "address": "address",
    "postcode": "postcode",
    "email": "email address",
    "phone": "phone number",
    "health": "health details",
    "vehicle": "vehicle number",
    "bank": "bank details",
    "insurance": "National Insurance number",
    "abuse": "abusive words",
    "other": "personal details",
}


def label_of(kind: str) -> str:
    """[name removed]; a kind that is not known is hidden all the same."""
    return f"[{KINDS.get(kind, KINDS['other'])} removed]"


def joined(spans: Iterable[tuple[int, int, str]]) -> list[list[Any]]:
    """In order; those that overlap become one, with the label of the longest."""
    found: list[list[Any]] = []
    longest = 0
    for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1])):
        if found and start < found[-1][1]:
            if end - start > longest:
                found[-1][2], longest = label, end - start
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end, label])
            longest = end - start
    return found


def hide(text: str, hidden: Hidden) -> str:
    pieces, at = [], 0
    for start, end, label in hidden:
        pieces += [text[at:start], label]
        at = end
    return "".join([*pieces, text[at:]])


def to_shown(hidden: Hidden, start: int, end: int) -> Span:
    """A span of the text as it was sent, in the redacted text."""
    return _shown(hidden, start, end=False), _shown(hidden, end, end=True)


def to_stored(hidden: Hidden, start: int, end: int) -> Span:
    """A span of the redacted text, in the text as it was sent."""
    return _stored(hidden, start, end=False), _stored(hidden, end, end=True)


def shown_span(comment: Comment, start: int, end: int) -> Span:
    return to_shown(comment.hidden, start, end)


def shown_words(comment: Comment, start: int, end: int) -> str:
    first, last = shown_span(comment, start, end)
    return comment.redacted_text[first:last]


def open_cues(cues: Iterable[str], *, hidden: Hidden, redacted_text: str) -> list[str]:
    """Why a theme is suggested is told in words of the comment: not in hidden ones."""
    return [cue for cue in cues if not hidden or cue in redacted_text]


def places_of(text: str, words: str) -> list[Span]:
    """Everywhere that these words stand as whole words: hiding "Ann" leaves "Annual" as it is."""
    wanted = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not wanted:
        return []
    before = r"(?<!\w)" if re.match(r"\w", wanted[0]) else ""
    after = r"(?!\w)" if re.match(r"\w", wanted[-1]) else ""
    return [match.span() for match in re.finditer(f"{before}{re.escape(wanted)}{after}", text)]


def _shown(hidden: Hidden, at: int, *, end: bool) -> int:
    moved = 0
    for start, stop, label in hidden:
        if at <= start:
            break
        if at < stop:
            return int(start + moved + (len(label) if end else 0))
        moved += len(label) - (stop - start)
    return at + moved


def _stored(hidden: Hidden, at: int, *, end: bool) -> int:
    moved = 0
    for start, stop, label in hidden:
        first = start + moved
        if at <= first:
            break
        if at < first + len(label):
            return int(stop if end else start)
        moved += len(label) - (stop - start)
    return at - moved
