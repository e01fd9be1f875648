"""How somebody stands to a theme: support, concern, suggestion or neutral.

A linear score of general English words in the span, of the same words in what the frame says of the theme
("Against ...", "Supports ..."), and of the closed answer that the text explains. An officer decides.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import yaml

from app.theming.comments import STANCES
from app.theming.encoders import Floats
from app.theming.text import all_stems, squash, stemmed_phrase

FEATURES: Final = (
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


@lru_cache(maxsize=1)
def _weights() -> tuple[Floats, Floats]:
    record = json.loads(files("app.theming").joinpath("weights", "stance.json").read_text(encoding="utf-8"))
    return np.array(record["coefficients"], np.float32), np.array(record["intercepts"], np.float32)


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
    stems = all_stems(text)
    counts = [0.0] * len(STANCES)
    for at, first in enumerate(stems):
        for place, phrase in _phrases().get(first, ()):
            counts[place] += tuple(stems[at : at + len(phrase)]) == phrase
    return tuple(min(count, _MOST) for count in counts)


def stance_features(text: str, *, closed: str | None, theme: str) -> tuple[float, ...]:
    """One number for each of FEATURES."""
    position = closed_position(closed)
    signs = float("?" in text), float("!" in text)
    return (*_hits(text), *_hits(theme), position, *signs, min(len(text.split()), 40) / 20)


def suggest_stance(text: str, *, closed: str | None = None, theme: str = "") -> str:
    """The likeliest of STANCES for the words of one span, given what the frame says of its theme."""
    coefficients, intercepts = _weights()
    scores = (
        coefficients @ np.array(stance_features(text, closed=closed, theme=theme), np.float32) + intercepts
    )
    return STANCES[int(np.argmax(scores))]


def train_stance(rows: Sequence[tuple[Sequence[float], str]], fit: Any) -> dict[str, Any]:
    """Weights as a record, from (features, stance) pairs; `fit` is an unfitted scikit-learn classifier."""
    fit.fit(np.array([features for features, _ in rows]), [stance for _, stance in rows])
    order = [list(fit.classes_).index(stance) for stance in STANCES]
    return {
        "features": list(FEATURES),
        "coefficients": [[round(float(value), 4) for value in fit.coef_[place]] for place in order],
        "intercepts": [round(float(fit.intercept_[place]), 4) for place in order],
    }
