"""Learning from what officers have coded: the shipped weights, drawn towards the coded comments.

The weights are the most probable ones given the coded comments, when those of the file are the prior (MAP
estimate of a logistic regression with a normal prior, Newton's method). With few coded comments they stay
where they were; with hundreds they fit the frame at hand. Features of a coded comment leave its own coding
out, so what is learnt here is what holds for comments that nobody has read.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.coding.features import PairFeatures
from app.theming.coding.weights import LinearModel, best_threshold
from app.theming.comments import sampled
from app.theming.encoders import Floats

_PRIOR: Final = 100.0  # how firmly a weight is held where it was
_INTERCEPT: Final = 1.0
_MOST: Final = 600  # coded comments that are learnt from
_STEPS: Final = 12
_BLOCK: Final = 250
_THRESHOLD_BELIEF: Final = 40.0  # coded comments' worth of belief in the threshold of the file
Numbers = npt.NDArray[np.float64]


def adapted(model: LinearModel, features: PairFeatures) -> LinearModel:
    """`model` for the frame and the coded comments that `features` are fitted on; as it is with none."""
    examples = features.examples_
    rows = learnt_from(features)
    if not rows:
        return model
    comments = [examples.coded[row].comment for row in rows]
    views = [features.space_.view(comments[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK)]
    values = np.concatenate([features.transform(view) for view in views])
    return learnt(model, values, examples.used[rows] > 0)


def learnt_from(features: PairFeatures) -> list[int]:
    """Numbers of the coded comments that are learnt from, at most 600. Which ones depends on their texts'
    digests, so that another coding changes one or none of them and what is known of the others holds."""
    if not features.frame_.themes:
        return []
    return sampled([one.comment for one in features.examples_.coded], _MOST)


def learnt(model: LinearModel, values: Floats, truth: npt.NDArray[np.bool_]) -> LinearModel:
    """`model` after c coded comments with features (c, t, f) and themes `truth` (c, t)."""
    standard = np.clip((values - np.array(model.mean)) / np.array(model.scale), -10, 10)
    flat = np.hstack([standard.reshape(-1, values.shape[2]), np.ones((truth.size, 1))]).astype(np.float64)
    before = np.array(
        [*(model.slope * np.array(model.coefficients)), model.slope * model.intercept + model.offset]
    )
    held = np.full(len(before), _PRIOR)
    held[-1] = _INTERCEPT
    after = most_probable(flat, truth.ravel().astype(np.float64), before, held)
    probabilities = 1 / (1 + np.exp(-(flat @ after)))
    found = best_threshold([(probabilities.reshape(truth.shape), truth)], [1.0])
    share = len(truth) / (len(truth) + _THRESHOLD_BELIEF)
    return replace(
        model, coefficients=tuple(after[:-1].tolist()), intercept=float(after[-1]), slope=1.0, offset=0.0,
        threshold=share * found + (1 - share) * model.threshold,
    )  # fmt: skip


def most_probable(values: Numbers, truth: Numbers, prior: Numbers, held: Numbers) -> Numbers:
    """Coefficients (f,) of a logistic regression of `truth` (p,) on `values` (p, f) with a normal prior
    around `prior` of precision `held` (f,). Each of Newton's steps is halved until it is no step back."""
    short = values.astype(np.float32)  # enough for the second derivative; slope and cost are exact
    now, cost = prior, _cost(values, truth, prior, prior, held)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(values @ now)))
        slope = values.T @ (chance - truth) + held * (now - prior)
        rooted = short * np.sqrt(chance * (1 - chance)).astype(np.float32)[:, None]
        bend = (rooted.T @ rooted).astype(np.float64) + np.diag(held)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while _cost(values, truth, now - size * step, prior, held) > cost and size > 1e-3:
            size /= 2
        now = now - size * step
        before, cost = cost, _cost(values, truth, now, prior, held)
        if before - cost < 1e-6 * abs(before):
            break
    return now


def _cost(values: Numbers, truth: Numbers, now: Numbers, prior: Numbers, held: Numbers) -> float:
    logits = values @ now
    return float(np.sum(np.logaddexp(0, logits) - truth * logits) + 0.5 * np.sum(held * (now - prior) ** 2))
