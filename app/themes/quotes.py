"""Spans of a comment, as code points of its text."""

from collections.abc import Iterable

from app.themes.refusals import QuoteNotInComment

Span = tuple[int, int]


def find_quote(text: str, words: str) -> Span:
    """The first place where these words stand. Spaces and line breaks at their ends, and how a browser writes
    line breaks, do not matter. Raises QuoteNotInComment."""
    wanted = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    start = text.find(wanted) if wanted else -1
    if start < 0:
        raise QuoteNotInComment
    return start, start + len(wanted)


def checked(text: str, quotes: Iterable[Span]) -> list[Span]:
    """The spans in order, each once; the whole comment if there is none. Raises QuoteNotInComment."""
    spans = sorted(set(quotes)) or [(0, len(text))]
    for start, end in spans:
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise QuoteNotInComment
    return spans
