"""Phrases of texts: counted by their stems, shown as people wrote them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Final

from simplemma import is_known

from app.theming.text import Word, is_stop_word, squash, stem, words
from app.theming.wordlists import word_list

LONGEST: Final = 3  # words of a phrase
_JOINERS: Final = frozenset({" ", "-"})
# Words that may stand inside a phrase: "quality of life".
_INSIDE: Final = frozenset({"of", "and"})
_ENDS: Final = frozenset(".!?…:•\n")
_SAME: Final = 0.84  # of two stems' letters in common: one is the other misspelt
_SHORT: Final = 4  # letters of a stem that has to be the same as the other
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """Texts of one group: in how many each phrase is, and how often it was written in which way."""

    texts: int
    counts: Counter[Phrase]
    spellings: dict[Phrase, Counter[str]]


def count_phrases(texts: Sequence[str]) -> Counted:
    """Phrases of up to three words that stand together, with no stop word at either end."""
    counts: Counter[Phrase] = Counter()
    spellings: dict[Phrase, Counter[str]] = {}
    for text in texts:
        for phrase, written in phrases(text).items():
            counts[phrase] += 1
            spellings.setdefault(phrase, Counter())[written] += 1
    return Counted(max(1, len(texts)), counts, spellings)


def phrases(text: str) -> dict[Phrase, str]:
    """The phrases of one text by their stems, each as first written; the capital of a sentence's first word
    is taken for that of the sentence when a dictionary has the word in small letters."""
    found: dict[Phrase, str] = {}
    listed = list(words(text))
    stems = ["" if is_stop_word(word.text) or word.text[0].isdigit() else stem(word.text) for word in listed]
    for start in range(len(listed)):
        for end in _ends(text, listed, stems, start):
            phrase = tuple(part for part in stems[start : end + 1] if part)
            written = text[listed[start].start : listed[end].end]
            if phrase not in found:
                found[phrase] = _uncapped(written) if _begins(text, listed[start].start) else written
    return found


def _ends(text: str, listed: list[Word], stems: list[str], start: int) -> Iterator[int]:
    """Where phrases that start at `start` end: next to each other, at most three words."""
    for end in range(start, min(start + LONGEST, len(listed)) if stems[start] else start):
        if end > start and text[listed[end - 1].end : listed[end].start] not in _JOINERS:
            return
        if stems[end]:
            yield end
        elif listed[end].text not in _INSIDE:
            return


def _begins(text: str, at: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip(" \t\"'“‘([-*")
    return not before or before[-1] in _ENDS or "\n" in text[max(0, at - 2) : at]


def _uncapped(written: str) -> str:
    first = written.split(" ")[0].split("-")[0]
    if first[1:] == first[1:].lower() and _in_dictionary(first.lower()):
        return written[:1].lower() + written[1:]
    return written


def usual_spelling(written: Counter[str]) -> str:
    """The form that most people used; of equals the one with fewest capitals. A word that no dictionary has
    in small letters keeps the capital that anyone gave it: "london" is London."""
    kept = [form for form in written if form != form.lower() or _known(form)] or list(written)
    return min(kept, key=lambda form: (-written[form], sum(map(str.isupper, form)), form))


def _known(form: str) -> bool:
    """Whether a dictionary has every word of a form in small letters."""
    return all(_in_dictionary(word.text) for word in words(form))


@lru_cache(maxsize=20_000)
def _in_dictionary(word: str) -> bool:
    return is_known(word, lang="en")


def near_duplicate(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases share a word, in other forms or misspelt included."""
    return any(_same_word(mine, theirs) for mine in one for theirs in other)


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SHORT or one[0] != other[0]:
        return False
    if one[: max(_SHORT, shorter - 1)] == other[: max(_SHORT, shorter - 1)]:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME


class WordRoles:
    """How often each word of some texts stands where a noun stands ("the ...") and where a verb does
    ("to ...", "... the"): what a label is made of, told from the small words beside it, with no model."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._noun: Counter[str] = Counter()
        self._verb: Counter[str] = Counter()
        for text in texts:
            self._read([squash(word.text) for word in words(text)])

    def _read(self, listed: Sequence[str]) -> None:
        for place, word in enumerate(listed):
            before = listed[place - 1] if place else ""
            after = listed[place + 1] if place + 1 < len(listed) else ""
            if before in self._before_nouns:
                self._noun[stem(word)] += 1
            elif before in self._before_verbs or after in self._after_verbs:
                self._verb[stem(word)] += 1

    def noun(self, word: str) -> float:
        """The share of a stem's telling places that are a noun's, from 0 to 1; a half when there is none."""
        return (self._noun[word] + 1) / (self._noun[word] + self._verb[word] + 2)

    @cached_property
    def _before_nouns(self) -> frozenset[str]:
        return word_list("before_nouns")

    @cached_property
    def _before_verbs(self) -> frozenset[str]:
        return word_list("before_verbs")

    @cached_property
    def _after_verbs(self) -> frozenset[str]:
        return word_list("after_verbs")
