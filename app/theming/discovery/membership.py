"""Which comments are in which theme: several each, some in none."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from app.theming.discovery.points import PointVectors
from app.theming.encoders import Floats

_CLEAR: Final = 0.15  # similarity to a theme's centre under which a point is left out
_SECOND: Final = 0.7  # a point is also in a theme that is this near, as a share of its nearest
_OF_BEST: Final = 0.7  # a comment's lesser themes are at least this near, as a share of its best
_FEWEST: Final = 2  # comments of a theme
_BLOCK: Final = 8_192


def memberships(points: PointVectors, smooth: Floats, centres: Floats, comments: int) -> Floats:
    """Scores (n, k) of n comments in k themes, from 0 (not in it) to 1: that of the comment's best point.
    `smooth` (p, d) says where a point is, its own vector whether it is near anything at all."""
    if not len(points.vectors) or not len(centres):
        return np.zeros((comments, len(centres)), np.float32)
    scores = np.zeros((comments, len(centres)), np.float32)
    for at in range(0, len(smooth), _BLOCK):
        near = smooth[at : at + _BLOCK] @ centres.T
        clear = (points.vectors[at : at + _BLOCK] @ centres.T).max(axis=1, keepdims=True) >= _CLEAR
        kept = np.where((near >= _SECOND * near.max(axis=1, keepdims=True)) & clear, near, 0.0)
        np.maximum.at(scores, points.owners[at : at + _BLOCK], kept.astype(np.float32))
    scores[scores < _OF_BEST * scores.max(axis=1, keepdims=True)] = 0
    return np.clip(scores, 0, 1)


def without_lesser(scores: sparse.csr_matrix) -> sparse.csr_matrix:
    """Scores (n, k), sparse by rows, without each comment's themes that are well below its best."""
    best = np.repeat(scores.max(axis=1).toarray().ravel(), np.diff(scores.indptr))
    scores.data[scores.data < _OF_BEST * best] = 0
    scores.eliminate_zeros()
    return scores


def large_enough(scores: sparse.csc_matrix) -> npt.NDArray[np.intp]:
    """Numbers of the themes, columns of (n, k), that have comments enough to be one."""
    return np.flatnonzero(np.diff(scores.indptr) >= min(_FEWEST, scores.shape[0]))
