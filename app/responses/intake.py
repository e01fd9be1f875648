"""Text as it is stored. Done once, when it comes in: every span is an offset in what this returns."""

import re

LONGEST_TEXT = 100_000  # characters in one field
TOO_LONG = "This answer is longer than we can take on one page. Shorten it, or send it as a letter."

# Control characters but tab and line feed, halves of surrogate pairs, and code points that are no character.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c")


def normalise(text: str) -> str:
    """One kind of line end, nothing that a database or a page cannot hold, no blank edges."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)).strip()


def words_in(text: str) -> int:
    return len(text.split())
