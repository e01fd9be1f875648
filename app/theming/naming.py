"""Names for proposed themes: the phrases that set a group of texts apart, in words as people wrote them.

A phrase is weighed by how well it picks out its group (the F measure of "has the phrase" for "is in the
group", in which how many of the group have it counts for more: van Rijsbergen 1979, Information Retrieval,
chapter 7), by how near its meaning is to that of the group's texts (as KeyBERT does: Grootendorst 2020, doi
10.5281/zenodo.4461265), and by whether it stands where nouns stand. Words are counted by stem, so that
"buses" and "bus" count together, and shown in the spelling that most people used. A stem is never shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from app.theming.encoders import Encoder, Floats, NoEncoder, unit
from app.theming.phrases import (
    Counted,
    Phrase,
    WordRoles,
    count_phrases,
    near_duplicate,
    phrases,
    usual_spelling,
)
from app.theming.text import stem
from app.theming.wordlists import word_list

_LENGTH_BONUS: Final = {1: 1.0, 2: 1.15, 3: 1.2}
_TERMS: Final = 8
_LABEL_TERMS: Final = 4
_LABEL_WORDS: Final = 6  # that are read at a glance; the first term is shown whatever its length
_RECALL: Final = 2**2  # what "most of the group have it" weighs against "no other group has it"
_FEWEST: Final = 2  # texts of a group that have a phrase
_SHARE: Final = 0.05  # of a group's texts that have it
_SAID_ANYWAY: Final = 0.3  # of the weight is left to a phrase of the question's words, or of plain ones
_FAR: Final = 0.05  # nearness in meaning that any phrase has
_WEIGHED: Final = 60  # phrases of a group whose meaning is looked at


@dataclass(frozen=True)
class Name:
    """A readable label and the terms behind it, the most telling first."""

    label: str
    terms: tuple[str, ...]


def name_groups(
    groups: Sequence[Sequence[str]], *, background: Sequence[str] = (), encoder: Encoder | None = None
) -> list[Name]:
    """A name for each group of texts; `background`: words of the question, which tell groups apart the least.

    A phrase has to be in two texts of its group unless there is no such phrase. A group of texts without any
    word gets the label "Unnamed theme" and no terms. Without `encoder` meaning has no part in it.
    """
    counted = [count_phrases(texts) for texts in groups]
    everywhere: Counter[Phrase] = Counter()
    written: dict[Phrase, Counter[str]] = {}
    for each in counted:
        everywhere.update(each.counts)
        for phrase, forms in each.spellings.items():
            written.setdefault(phrase, Counter()).update(forms)
    weigher = _Weigher(
        everywhere, WordRoles([text for texts in groups for text in texts]), _asked(background)
    )
    centres = _centres(groups, encoder or NoEncoder())
    names = []
    for each, centre in zip(counted, centres, strict=True):
        spelt = {phrase: usual_spelling(written[phrase]) for phrase in each.counts}
        names.append(_named(_by_meaning(weigher.weights(each), spelt, centre, encoder), spelt))
    return names


def _asked(background: Sequence[str]) -> frozenset[str]:
    return frozenset(part for text in background for phrase in phrases(text) for part in phrase)


def _centres(groups: Sequence[Sequence[str]], encoder: Encoder) -> Floats:
    """The direction in which each group's texts differ from all texts, (groups, d)."""
    vectors = [unit(encoder.encode(list(texts))) for texts in groups]
    if not any(map(len, vectors)):
        return np.zeros((len(groups), encoder.dimensions), np.float32)
    middle = np.concatenate(vectors).mean(axis=0)
    return unit(np.array([one.mean(axis=0) - middle if len(one) else 0 * middle for one in vectors]))


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Stems of words that are too common to name a theme alone."""
    return frozenset(stem(word) for word in word_list("plain"))


@dataclass(frozen=True)
class _Weigher:
    """What phrases are worth by their counts and by where their words stand."""

    everywhere: Counter[Phrase]
    roles: WordRoles
    asked: frozenset[str]

    def weights(self, group: Counted) -> dict[Phrase, float]:
        most = max(group.counts.values(), default=0)
        least = min(most, max(min(_FEWEST, group.texts), _SHARE * group.texts))
        return {
            phrase: self._weight(
                phrase, (1 + _RECALL) * count / (_RECALL * group.texts + self.everywhere[phrase])
            )
            for phrase, count in group.counts.items()
            if count >= least
        }

    def _weight(self, phrase: Phrase, picks_out: float) -> float:
        said_anyway = self.asked.issuperset(phrase) or _plain().issuperset(phrase)
        usual = _SAID_ANYWAY if said_anyway else 1.0
        return picks_out * _LENGTH_BONUS[len(phrase)] * self.roles.noun(phrase[-1]) ** 2 * usual


def _by_meaning(
    weights: dict[Phrase, float], spelt: dict[Phrase, str], centre: Floats, encoder: Encoder | None
) -> dict[Phrase, float]:
    """The heaviest phrases, weighed by the square of their nearness to the group's centre."""
    first = sorted(weights, key=lambda one: (-weights[one], one))[:_WEIGHED]
    if encoder is None or not first:
        return {phrase: weights[phrase] for phrase in first}
    near = np.maximum(unit(encoder.encode([spelt[phrase] for phrase in first])) @ centre, _FAR)
    return {
        phrase: weights[phrase] * round(float(share), 5) ** 2
        for phrase, share in zip(first, near, strict=True)
    }


def _named(weights: dict[Phrase, float], spelt: dict[Phrase, str]) -> Name:
    chosen: list[Phrase] = []
    for phrase in sorted(weights, key=lambda one: (-weights[one], one)):
        if len(chosen) < _TERMS and not any(near_duplicate(phrase, other) for other in chosen):
            chosen.append(phrase)
    terms = tuple(spelt[phrase] for phrase in chosen)
    label = _label(terms)
    return Name(label[:1].upper() + label[1:] if label else "Unnamed theme", terms)


def _label(terms: Sequence[str]) -> str:
    """The first terms, no more than can be read at a glance; one for which too few words are left is passed
    over for the next."""
    shown = list(terms[:1])
    for term in terms[1:]:
        words = sum(len(each.split()) for each in (*shown, term))
        if len(shown) < _LABEL_TERMS and words <= _LABEL_WORDS:
            shown.append(term)
    return ", ".join(shown)
