"""Why a theme was suggested, in things an officer can look at."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.theming.coding.features import PairFeatures
from app.theming.comments import Comment
from app.theming.encoders import Floats
from app.theming.text import Word, stem, stemmed_phrase, words

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
    cues = cues_in(comment.text, features.frame_.themes[theme].cue_words)
    numbers = features.examples_.nearest_quotes(point, theme, but=comment.id, most=_NEAREST)
    nearest = tuple(features.examples_.coded[number].comment.id for number in numbers)
    kind = "coded" if nearest else "cue words" if cues else "definition"
    return Reason(kind, cues, nearest)


def cues_in(text: str, cue_words: tuple[str, ...]) -> tuple[str, ...]:
    """The cue words of a theme that `text` has, as the text writes them, in order and once each."""
    listed, stems = _with_stems(text)
    found: list[str] = []
    for phrase in filter(None, (stemmed_phrase(cue) for cue in cue_words)):
        length = len(phrase)
        for at in range(len(stems) - length + 1):
            if tuple(stems[at : at + length]) == phrase:
                found.append(text[listed[at].start : listed[at + length - 1].end])
                break
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16)  # the ten suggestions of a comment come one after the other
def _with_stems(text: str) -> tuple[list[Word], list[str]]:
    listed = list(words(text))
    return listed, [stem(word.text) for word in listed]
