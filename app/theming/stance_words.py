"""Words that show a stance, and what a closed answer says: English at large, nothing of any consultation."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from app.theming.comments import STANCES
from app.theming.text import all_stems, squash, stemmed_phrase

WORD_FEATURES: Final = (
    *(f"span {stance}" for stance in STANCES),
    *(f"theme {stance}" for stance in STANCES),
    "closed", "question", "exclaims", "words",
)  # fmt: skip
_MOST: Final = 3.0  # hits that count


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, Any]:
    lexicon: Mapping[str, Any] = yaml.safe_load(
        files("app.theming").joinpath("data", "stance.yaml").read_text(encoding="utf-8")
    )
    return lexicon


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Phrases of the lexicon by their first stem, each with the place of its stance."""
    index: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for place, stance in enumerate(STANCES):
        for written in _lexicon()["words"][stance]:
            phrase = stemmed_phrase(written)
            index.setdefault(phrase[0], []).append((place, phrase))
    return index


@lru_cache(maxsize=1_000)
def closed_position(answer: str | None) -> float:
    """Where a closed answer stands, from -1 (against) to 1 (for); 0 for none, unknown or in between.

    `answer` is a key, a label, or a number already on that scale.
    """
    if not answer or not answer.strip():
        return 0.0
    try:
        return min(1.0, max(-1.0, float(answer)))
    except ValueError:
        plain = f" {squash(answer.replace('_', ' '))} ".replace("'", "")
    return next((float(value) for phrase, value in _lexicon()["closed"] if f" {phrase} " in plain), 0.0)


@lru_cache(maxsize=20_000)
def _hits(text: str) -> tuple[float, ...]:
    stems, index = all_stems(text), _phrases()
    counts = [0.0] * len(STANCES)
    for at, first in enumerate(stems):
        for place, phrase in index.get(first, ()):
            counts[place] += stems[at : at + len(phrase)] == phrase
    return tuple(min(count, _MOST) for count in counts)


@lru_cache(maxsize=20_000)
def _signs(text: str) -> tuple[float, float, float]:
    return float("?" in text), float("!" in text), min(len(text.split()), 40) / 20


def stance_features(text: str, *, closed: str | None, theme: str) -> tuple[float, ...]:
    """One number for each of WORD_FEATURES."""
    return (*_hits(text), *_hits(theme), closed_position(closed), *_signs(text))
