"""Training the stance weights from coded comments; each coding is seen with the span that the engine would
show for it, and as if its own comment were not coded."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from app.theming.coding.carrying import carrying_points
from app.theming.coding.features import PairFeatures
from app.theming.comments import STANCES, CodedComment, Theme
from app.theming.encoders import JOINED, Encoder, Floats
from app.theming.stance import meaning, stance_counts, usual_stances, word_features
from app.theming.stance_sentences import sentence_features
from app.theming.stance_words import WORD_FEATURES
from app.theming.static_encoder import wordllama_encoder

_PENALTY: Final = 0.1  # C of scikit-learn
_MEANING: Final = 10.0  # the many numbers of the vectors are held this much more firmly than the words
_SENTENCES: Final = 5.0  # the same for the vectors of whole comments by a sentence encoder


def train_stance(coded: Sequence[CodedComment], themes: Sequence[Theme], encoder: Encoder) -> dict[str, Any]:
    """The record of a weights file from every coding of `coded` that has a stance. At least three of the
    stances have to be there; with fewer scikit-learn's coefficients have another shape. Where a sentence
    encoder stands beside the one that ships there is "with_sentences" as well."""
    words, vectors, usual, truth = _rows(coded, themes, encoder)
    plain = np.ones(words.shape[1])
    record = {
        "day_one": _fitted(
            np.hstack([words, vectors]), np.r_[plain, np.full(vectors.shape[1], _MEANING)], truth
        ),
        "with_examples": _fitted(np.hstack([words, usual]), np.r_[plain, np.ones(usual.shape[1])], truth),
    }
    if JOINED in encoder.name:
        width = encoder.dimensions - wordllama_encoder().dimensions
        closed = words[:, WORD_FEATURES.index("closed")]
        values = sentence_features(vectors, usual, closed, width)
        firmness = np.r_[np.full(width, _SENTENCES), np.ones(values.shape[1] - width)]
        record["with_sentences"] = _fitted(values, firmness, truth)
    return record


def _rows(
    coded: Sequence[CodedComment], themes: Sequence[Theme], encoder: Encoder
) -> tuple[Floats, Floats, Floats, list[int]]:
    comments = [one.comment for one in coded]
    features = PairFeatures(encoder).fit(comments, themes, coded=coded)
    view = features.space_.view(comments)
    points = carrying_points(view, features)
    place = {theme.code: number for number, theme in enumerate(themes)}
    counts = stance_counts(coded)
    base = sum(counts.values(), np.zeros(len(STANCES), np.float32))
    words, vectors, usual, truth = [], [], [], []
    for row, one in enumerate(coded):
        own = stance_counts([one])
        for coding in one.codings:
            if coding.code in place and coding.stance in STANCES:
                span = view.spans[points[row, place[coding.code]]]
                text = one.comment.text[span.start : span.end]
                words.append(word_features(text, one.comment, themes[place[coding.code]]))
                vectors.append(meaning([text], one.comment, encoder)[0])
                usual.append(usual_stances(counts[coding.code] - own[coding.code], base))
                truth.append(STANCES.index(coding.stance))
    return np.array(words, np.float32), np.array(vectors), np.array(usual), truth


def _fitted(values: Floats, firmness: Any, truth: Sequence[int]) -> dict[str, Any]:
    mean, scale = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-3) * firmness
    model = LogisticRegression(C=_PENALTY, max_iter=3000).fit((values - mean) / scale, truth)
    coefficients = np.zeros((len(STANCES), values.shape[1]))
    intercepts = np.full(len(STANCES), -20.0)  # of a stance that was never used
    coefficients[model.classes_], intercepts[model.classes_] = model.coef_, model.intercept_
    return {
        name: np.round(value, 5).tolist()
        for name, value in (
            ("mean", mean.astype(float)), ("scale", scale.astype(float)), ("coefficients", coefficients),
            ("intercepts", intercepts),
        )
    }  # fmt: skip
