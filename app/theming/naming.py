"""Names for proposed themes: the phrases that set a group of texts apart, in words as people wrote them.

Phrases are weighed by class-based TF-IDF (Grootendorst 2022, arXiv 2203.05794) over stems, so that "buses"
and "bus" count together, and shown in the spelling that most people used. A stem is never shown.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.theming.text import Word, is_stop_word, stem, words
from app.theming.wordlists import word_list

_LONGEST: Final = 3  # words of a phrase
_LENGTH_BONUS: Final = {1: 1.0, 2: 1.35, 3: 1.45}
_TERMS: Final = 8
_LABEL_TERMS: Final = 3
_JOINERS: Final = frozenset({" ", "-"})
# Words that may stand inside a phrase: "quality of life".
_INSIDE: Final = frozenset({"of", "and"})
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Name:
    """A readable label and the terms behind it, the most telling first."""

    label: str
    terms: tuple[str, ...]


def name_groups(groups: Sequence[Sequence[str]], *, background: Sequence[str] = ()) -> list[Name]:
    """A name for each group of texts; `background`: words of the question, which tell groups apart the least.

    A phrase has to be in two texts of its group unless the group has only one. A group of texts without any
    word gets the label "Unnamed theme" and no terms.
    """
    counted = [_counted(texts) for texts in groups]
    everywhere: Counter[Phrase] = Counter()
    for counts, _ in counted:
        everywhere.update(counts)
    asked = {part for text in background for phrase in _phrases(text) for part in phrase}
    sizes = [max(1, len(texts)) for texts in groups]
    average = sum(sizes) / max(1, len(sizes))
    names = []
    for (counts, spellings), size in zip(counted, sizes, strict=True):
        scored = {
            phrase: _weight(phrase, count / size, everywhere[phrase], average, asked)
            for phrase, count in counts.items()
            if count >= min(2, size)
        }
        names.append(_named(scored, spellings))
    return names


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Stems of words that are too common to name a theme alone."""
    return frozenset(stem(word) for word in word_list("plain"))


def _weight(phrase: Phrase, share: float, everywhere: int, average: float, asked: set[str]) -> float:
    rarity = math.log(1 + average / everywhere)
    said_anyway = asked.issuperset(phrase) or _plain().issuperset(phrase)
    return share * rarity * _LENGTH_BONUS[len(phrase)] * (0.3 if said_anyway else 1.0)


def _counted(texts: Sequence[str]) -> tuple[Counter[Phrase], dict[Phrase, Counter[str]]]:
    counts: Counter[Phrase] = Counter()
    spellings: dict[Phrase, Counter[str]] = {}
    for text in texts:
        for phrase, written in _phrases(text).items():
            counts[phrase] += 1
            spellings.setdefault(phrase, Counter())[written] += 1
    return counts, spellings


def _phrases(text: str) -> dict[Phrase, str]:
    """Phrases of up to three words that stand together, with no stop word at either end, as written."""
    found: dict[Phrase, str] = {}
    listed = list(words(text))
    stems = ["" if is_stop_word(word.text) or word.text[0].isdigit() else stem(word.text) for word in listed]
    for start in range(len(listed)):
        for end in _ends(text, listed, stems, start):
            phrase = tuple(part for part in stems[start : end + 1] if part)
            found.setdefault(phrase, text[listed[start].start : listed[end].end])
    return found


def _ends(text: str, listed: list[Word], stems: list[str], start: int) -> Iterator[int]:
    """Where phrases that start at `start` end: next to each other, at most three words."""
    for end in range(start, min(start + _LONGEST, len(listed)) if stems[start] else start):
        if end > start and text[listed[end - 1].end : listed[end].start] not in _JOINERS:
            return
        if stems[end]:
            yield end
        elif listed[end].text not in _INSIDE:
            return


def _named(scored: dict[Phrase, float], spellings: dict[Phrase, Counter[str]]) -> Name:
    terms: list[str] = []
    used: list[set[str]] = []
    for phrase in sorted(scored, key=lambda one: (-scored[one], one)):
        parts = set(phrase)
        if any(parts & other for other in used):
            continue
        terms.append(_spelling(spellings[phrase]))
        used.append(parts)
        if len(terms) == _TERMS:
            break
    label = ", ".join(terms[:_LABEL_TERMS])
    return Name(label[:1].upper() + label[1:] if label else "Unnamed theme", tuple(terms))


def _spelling(written: Counter[str]) -> str:
    """The usual spelling; small letters when anyone used them, so that a shout or the start of a sentence
    does not decide, while names of places keep their capitals."""
    small = [form for form in written if form == form.lower()]
    choice = small or list(written)
    return min(choice, key=lambda form: (-written[form], form.isupper(), form))
