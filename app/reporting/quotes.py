"""Choosing quotations: the range of what was said, typical first, the same each time."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.reporting.document import Part, Quote, Raised

MOST_A_PERSON = 3
MOST_A_PART = 4
THEMES_A_PART = 3
STANCES_A_THEME = 2
LIKE_PERSONAL_DATA = re.compile(
    r"@|https?:|www\.|(?:\d[\s-]?){6,}|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Candidate:
    """A passage that may be quoted, already without anything that was redacted."""

    text: str
    who: str
    person: str
    theme: str
    stance: str
    question: str | None
    comment_id: str


def fit_to_print(text: str) -> bool:
    """A last look: whatever the flags say, nothing that looks like an address or a number is quoted."""
    return bool(text.strip()) and LIKE_PERSONAL_DATA.search(text) is None


def excerpt(text: str, *, start: int, end: int) -> str:
    """The words as they stand, with [...] where a sentence is cut."""
    said = text[start:end].strip()
    before, after = text[:start].rstrip(), text[end:].strip()
    if before and said[:1].islower():
        said = f"[...] {said}"
    return f"{said} [...]" if after and said[-1:] not in ".!?”\"'" else said


def whole_sentence(text: str) -> bool:
    return text[:1].isupper() and text[-1:] in ".!?"


class Chooser:
    """Remembers across the parts who has been quoted how often."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = list(candidates)
        self._people: Counter[str] = Counter()
        self._comments: set[str] = set()

    def with_quotes(self, part: Part) -> Part:
        here: set[str] = set()
        picked: list[Quote] = []
        for theme in part.themes[:THEMES_A_PART]:
            for stance in _stances(theme)[:STANCES_A_THEME]:
                found = self._first(theme, stance, here, question=part.key if part.themes_here else None)
                if found is not None and len(picked) < MOST_A_PART:
                    self._take(found, here)
                    picked.append(Quote(found.text, found.who, theme.label, found.stance, found.comment_id))
        return replace(part, quotes=tuple(picked))

    def _first(self, theme: Raised, stance: str, here: set[str], *, question: str | None) -> Candidate | None:
        for one in self._candidates:
            fits = one.theme == theme.code and one.stance == stance and question in (None, one.question)
            fresh = one.comment_id not in self._comments and one.person not in here
            if fits and fresh and self._people[one.person] < MOST_A_PERSON:
                return one
        return None

    def _take(self, chosen: Candidate, here: set[str]) -> None:
        self._people[chosen.person] += 1
        self._comments.add(chosen.comment_id)
        here.add(chosen.person)


def _stances(theme: Raised) -> Sequence[str]:
    """The most frequent first."""
    counts = {stance: number.count or 0 for stance, number in theme.stances.items()}
    return sorted((stance for stance in counts if counts[stance]), key=lambda one: (-counts[one], one))
