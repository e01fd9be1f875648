"""Similarities on one scale: over the comments for each theme, and over the themes for each comment."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.theming.encoders import Floats

_BELIEF: Final = 10.0  # comments' worth of belief that a theme is like the average theme
_LEAST_SPREAD: Final = 1e-3


@dataclass(frozen=True)
class Standards:
    """Mean and spread of each similarity for each theme, shapes (t, s), over a reference sample. With few
    comments they are drawn towards the mean and spread over all themes, so one comment is no surprise."""

    mean: Floats
    spread: Floats


def measure(similarities: Floats) -> Standards:
    """Standards of a reference sample of shape (n, t, s); n and t may be zero."""
    count, themes, kinds = similarities.shape
    if count == 0 or themes == 0:
        return Standards(np.zeros((themes, kinds), np.float32), np.ones((themes, kinds), np.float32))
    overall = similarities.reshape(-1, kinds)
    belief = _BELIEF / (count + _BELIEF)
    mean = (1 - belief) * similarities.mean(0) + belief * overall.mean(0)
    spread = np.sqrt((1 - belief) * similarities.var(0) + belief * overall.var(0))
    return Standards(mean.astype(np.float32), np.maximum(spread, _LEAST_SPREAD).astype(np.float32))


def over_comments(similarities: Floats, standards: Standards) -> Floats:
    """How unusual each similarity is for its theme, in standard deviations, (n, t, s)."""
    return np.asarray(np.clip((similarities - standards.mean) / standards.spread, -4, 8), np.float32)


def over_themes(scores: Floats) -> Floats:
    """How unusual each score is among the themes of its comment, in standard deviations, (n, t, s)."""
    if scores.shape[1] < 2:
        return np.zeros_like(scores)
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(scores.std(axis=1, keepdims=True), _LEAST_SPREAD), np.float32)


def below_best(scores: Floats) -> Floats:
    """Distance of each score to the best theme of its comment, none above zero, (n, t, s)."""
    if scores.shape[1] == 0:
        return scores
    return np.asarray(scores - scores.max(axis=1, keepdims=True), np.float32)


def log_share(scores: Floats) -> Floats:
    """Logarithm of each theme's share under a softmax over the themes of a comment, (n, t, s)."""
    if scores.shape[1] == 0:
        return scores
    shifted = below_best(scores)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)
