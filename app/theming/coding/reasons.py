"""Why a theme was suggested, in things an officer can look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.theming.coding.features import PairFeatures
from app.theming.comments import Comment
from app.theming.encoders import Floats
from app.theming.text import Word, all_stems, stemmed_phrase, words

_NEAREST: Final = 3


@dataclass(frozen=True)
class Reason:
    """`kind` is the strongest of: "coded" (officers coded similar words so: `nearest` has up to three ids of
    those comments, the nearest first), "cue words" (`cues` as written in the comment), "definition"."""

    kind: str
    cues: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


def find_reason(comment: Comment, features: PairFeatures, theme: int, point: Floats) -> Reason:
    """The reason for one suggestion; `point` (d,) is the vector of the span that carries it."""
    cues = phrases_in(comment.text, features.frame_.cues[theme])
    numbers = features.examples_.nearest_quotes(point, theme, but=comment.id, most=_NEAREST)
    nearest = tuple(features.examples_.coded[number].comment.id for number in numbers)
    kind = "coded" if nearest else "cue words" if cues else "definition"
    return Reason(kind, cues, nearest)


def cues_in(text: str, cue_words: tuple[str, ...]) -> tuple[str, ...]:
    """The cue words of a theme that `text` has, as the text writes them, in order and once each."""
    return phrases_in(text, [phrase for phrase in map(stemmed_phrase, cue_words) if phrase])


def phrases_in(text: str, phrases: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What `text` writes where its stems are those of a phrase, in the order of `phrases` and once each."""
    stems, places = all_stems(text), _places(text)
    found: list[str] = []
    for phrase in phrases:
        for at in places.get(phrase[0], ()):
            if stems[at : at + len(phrase)] == phrase:
                listed = _words(text)
                found.append(text[listed[at].start : listed[at + len(phrase) - 1].end])
                break
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16)  # the ten suggestions of a comment come one after the other
def _places(text: str) -> dict[str, list[int]]:
    """Where each stem is."""
    places: dict[str, list[int]] = {}
    for at, each in enumerate(all_stems(text)):
        places.setdefault(each, []).append(at)
    return places


@lru_cache(maxsize=16)
def _words(text: str) -> list[Word]:
    return list(words(text))
