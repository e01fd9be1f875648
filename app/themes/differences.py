"""How one text differs from another, in words: for reading, as added and removed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
MOST_WORDS = 3_000  # that are compared; of a longer text the rest is shown as it is


@dataclass(frozen=True)
class Change:
    kind: str
    text: str


def differences(template: str, text: str) -> tuple[Change, ...]:
    """Without those marked as added it is the template, without those removed the text."""
    old, new = _words(template), _words(text)
    found: list[Change] = []
    matcher = SequenceMatcher(None, _plain(old), _plain(new), autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found.append(Change(SAME, "".join(new[c:d])))
            continue
        if b > a:
            found.append(Change(REMOVED, "".join(old[a:b])))
        if d > c:
            found.append(Change(ADDED, "".join(new[c:d])))
    rest = "".join(new[MOST_WORDS:])
    return (*found, Change(SAME, rest)) if rest else tuple(found)


def _plain(words: list[str]) -> list[str]:
    return [word.strip().casefold() for word in words[:MOST_WORDS]]


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|^\s+", text)
