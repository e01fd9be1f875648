"""Training the matcher on sets of coded comments; the only place where weights come from.

Every pair is seen the way it will be seen in use: its comment's own codings are never among the examples, and
the examples are few, some or many, because officers start with few. Calibration and threshold come from
predictions for comments that the fitted model had not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from app.theming.coding.candidates import candidate_groups
from app.theming.coding.features import DAY_ONE, WITH_EXAMPLES, PairFeatures
from app.theming.coding.weights import LinearModel, Weights, best_threshold
from app.theming.comments import CodedComment, Theme, evenly_spaced
from app.theming.encoders import Encoder

FOLDS: Final = 5
_SHARES_OF_EXAMPLES: Final = (0.1, 0.35, 1.0)
_PENALTY: Final = 0.001  # C of scikit-learn: small, because the features overlap and sets differ
Pairs = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.intp]]


@dataclass(frozen=True)
class TrainingSet:
    """Coded comments with their frame. Ids that share what stands before a full stop belong to one person and
    stay in one fold. `weight` is how much a pair of this set counts."""

    name: str
    coded: tuple[CodedComment, ...]
    themes: tuple[Theme, ...]
    licence: str = ""
    weight: float = 1.0

    def folds(self) -> npt.NDArray[np.intp]:
        """Fold of each comment, shape (n,): people in sorted order, dealt round."""
        people = sorted({one.comment.id.split(".")[0] for one in self.coded})
        place = {person: index % FOLDS for index, person in enumerate(people)}
        return np.array([place[one.comment.id.split(".")[0]] for one in self.coded], np.intp)


def train(sets: Sequence[TrainingSet], *, name: str, encoder: Encoder) -> Weights:
    """Weights from `sets`; the same sets give the same weights."""
    trained_on = tuple(_provenance(one) for one in sets)
    shares = np.array([one.weight for one in sets])
    first = fitted([_day_one(one, encoder) for one in sets], shares, DAY_ONE)
    later = fitted([_with_examples(one, encoder) for one in sets], shares, WITH_EXAMPLES)
    return Weights(name, encoder.name, trained_on, first, later)


def _provenance(one: TrainingSet) -> dict[str, Any]:
    counts = {"comments": len(one.coded), "themes": len(one.themes)}
    return {"set": one.name, "licence": one.licence, **counts, "weight": one.weight}


def _day_one(one: TrainingSet, encoder: Encoder) -> Pairs:
    parts = []
    folds = one.folds()
    for themes, rows in candidate_groups([item.comment for item in one.coded], one.themes):
        coded = [one.coded[row] for row in rows]
        features = PairFeatures(encoder).fit([item.comment for item in coded], themes)
        parts.append(_pairs(features, coded, themes, folds[rows]))
    return _stacked(parts)


def _with_examples(one: TrainingSet, encoder: Encoder) -> Pairs:
    """Pairs beside few, some and all coded comments; a comment's own codings are left out by the features."""
    parts = []
    folds = one.folds()
    for themes, rows in candidate_groups([item.comment for item in one.coded], one.themes):
        coded = [one.coded[row] for row in rows]
        for share in _SHARES_OF_EXAMPLES:
            examples = evenly_spaced(coded, max(1, round(share * len(coded))))
            features = PairFeatures(encoder).fit([item.comment for item in coded], themes, coded=examples)
            parts.append(_pairs(features, coded, themes, folds[rows]))
    return _stacked(parts)


def _pairs(
    features: PairFeatures, coded: Sequence[CodedComment], themes: Sequence[Theme], folds: npt.NDArray[Any]
) -> Pairs:
    view = features.space_.view([one.comment for one in coded])
    values = features.transform(view)
    truth = np.array([[any(c.code == theme.code for c in one.codings) for theme in themes] for one in coded])
    return values.reshape(-1, values.shape[2]), truth.ravel(), np.repeat(folds, len(themes))


def _stacked(parts: Sequence[Pairs]) -> Pairs:
    values, truth, folds = zip(*parts, strict=True)
    return np.concatenate(values), np.concatenate(truth), np.concatenate(folds)


def fitted(sets: Sequence[Pairs], shares: npt.NDArray[np.floating], names: Sequence[str]) -> LinearModel:
    """A calibrated logistic regression on pairs of several sets. Each set counts as its share, whatever its
    size, so that a large set does not drown a small one."""
    values, truth, folds = _stacked(sets)
    weight = np.concatenate(
        [np.full(len(one[1]), share / len(one[1])) for one, share in zip(sets, shares, strict=True)]
    )
    weight *= len(truth) / weight.sum()
    mean, scale = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-6)
    standard = np.clip((values - mean) / scale, -10, 10)
    held = np.zeros(len(truth))
    for fold in range(FOLDS):
        seen = folds != fold
        model = _regression().fit(standard[seen], truth[seen], sample_weight=weight[seen])
        held[~seen] = model.decision_function(standard[~seen])
    whole = _regression().fit(standard, truth, sample_weight=weight)
    platt = LogisticRegression(C=1e6).fit(held[:, None], truth, sample_weight=weight)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    probabilities = 1 / (1 + np.exp(-(slope * held + offset)))
    ends = np.cumsum([len(one[1]) for one in sets])[:-1]
    parts = list(zip(np.split(probabilities, ends), np.split(truth, ends), strict=True))
    return LinearModel(
        tuple(names), tuple(map(float, mean)), tuple(map(float, scale)), tuple(map(float, whole.coef_[0])),
        float(whole.intercept_[0]), slope, offset, best_threshold(parts, shares.tolist()),
    )  # fmt: skip


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_PENALTY, max_iter=1000)
