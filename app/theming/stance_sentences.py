"""A second opinion on stance, from what a whole comment means to a sentence encoder.

The encoder's vector of the comment, how the theme usually stands and the closed answer, in a logistic
regression of their own; its chances and those of the words count the same (a product of experts, Hinton
2002). In one model together the vector drowns the words (docs/theming.md).
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy.special import log_softmax

from app.theming.encoders import Floats, same_encoder, unit


def sentence_features(vectors: Floats, usual: Floats, closed: Floats, width: int) -> Floats:
    """Features (n, width + 5). `vectors` (n, d) end with the `width` numbers of the sentence encoder, `usual`
    is (n, 4) and `closed` (n,), from -1 to 1."""
    return np.hstack([unit(vectors[:, -width:]), usual, closed[:, None]]).astype(np.float32)


def both_opinions(words: Floats, sentences: Floats) -> Floats:
    """Scores (n, 4) of two models, whose chances are multiplied: (n, 4), logarithms."""
    return np.asarray(log_softmax(words, axis=1) + log_softmax(sentences, axis=1), np.float32)


def shipped_for(encoder: str) -> Mapping[str, Any]:
    """The record of weights that ship for the encoder of this name; empty where they were trained with
    another."""
    record = _shipped()
    return record if same_encoder(record["encoder"], encoder) else {}


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Any]:
    path = files("app.theming").joinpath("weights", "stance-sentences.json")
    record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record
