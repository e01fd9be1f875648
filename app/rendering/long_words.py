"""Where a word longer than a line may be broken."""

import re
import unicodedata

from markupsafe import Markup, escape

LONGEST_WORD = 60
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_JOINER = "\u200d"
_BREAK = Markup("<wbr>")


def breakable(text: str) -> Markup:
    """The text escaped, its long words with places to break, which a copy of the text does not contain.

    Without them the PDF's layout tries every letter: 10,000 in one word took 3 seconds, 100,000 minutes.
    """
    parts, end = [], 0
    for found in _LONG.finditer(text):
        parts += [escape(text[end : found.start()]), _BREAK.join(_pieces(found.group()))]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _pieces(word: str) -> list[str]:
    pieces, start = [], 0
    for at in range(1, len(word)):
        if at - start >= LONGEST_WORD and not _belongs_to_the_one_before(word, at):
            pieces.append(word[start:at])
            start = at
    return [*pieces, word[start:]]


def _belongs_to_the_one_before(word: str, at: int) -> bool:
    """An accent, a skin tone, or the second person of a family of one sign."""
    return _JOINER in (word[at - 1], word[at]) or unicodedata.category(word[at]) in ("Mn", "Mc", "Me", "Sk")
