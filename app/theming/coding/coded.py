"""Coded comments as a whole: which of them a comment is like, and which themes are usual."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import lapack

from app.theming.coding.space import TextSpace, View
from app.theming.comments import Comment, sampled
from app.theming.encoders import Floats

COMMENT_FEATURES: Final = ("comment_nearest", "comment_vote", "usual_here", "usual", "known", "ridge")
_NONE: Final = -0.2
_SHARPNESS: Final = 12.0
_RIDGE: Final = 1.0
_MOST_SOLVED: Final = 1_500  # coded comments in the ridge regression: it is solved in some tenths of a second
Places = npt.NDArray[np.intp]


class CodedSpace:
    """c coded comments with the t themes each has, `used` (c, t). `own` below is the number of a comment
    among the coded ones, -1 where it is none: what it was coded with is left out."""

    def __init__(self, space: TextSpace, comments: Sequence[Comment], used: Floats) -> None:
        texts = [comment.text for comment in comments]
        self._vectors, self._words, self._used = space.vectors(texts), space.words(texts), used
        self._asked = comments
        self._questions = [comment.question for comment in comments]

    def features(self, view: View, own: Places) -> Floats:
        """Features (n, t, len(COMMENT_FEATURES)) of a block."""
        planes = (*self._alike(view, own), *self._usual(view, own), self._regression(view, own))
        return np.stack(planes, axis=2).astype(np.float32)

    def _alike(self, view: View, own: Places) -> tuple[Floats, Floats]:
        scores = view.vectors @ self._vectors.T
        pull = np.exp(_SHARPNESS * scores)
        rows = np.flatnonzero(own >= 0)
        scores[rows, own[rows]], pull[rows, own[rows]] = _NONE, 0
        vote = (pull @ self._used) / (pull.sum(axis=1, keepdims=True) + 1e-6)
        nearest = np.full((len(view.comments), self._used.shape[1]), _NONE, np.float32)
        for theme in np.flatnonzero(self._used.any(axis=0)):
            nearest[:, theme] = scores[:, self._used[:, theme] > 0].max(axis=1)
        return nearest, np.asarray(vote, np.float32)

    def _usual(self, view: View, own: Places) -> tuple[Floats, Floats, Floats]:
        """Log share of each theme among the coded comments of the question, of all, and how many it has."""
        coded = own >= 0
        mine = np.where(coded[:, None], self._used[own], 0)
        known = self._used.sum(axis=0) - mine
        overall = np.log((known + 0.5) / (len(self._used) - coded[:, None] + 5.0))
        counts, sizes = self._by_question
        none = np.zeros(self._used.shape[1], np.float32)
        asked = [comment.question for comment in view.comments]
        same = np.array(
            [place >= 0 and self._questions[place] == at for place, at in zip(own, asked, strict=True)]
        )
        here = np.array([counts.get(question, none) for question in asked]) - mine * same[:, None]
        size = np.array([sizes.get(question, 0) for question in asked])[:, None] - same[:, None]
        return np.log((here + 3 * np.exp(overall)) / (size + 3.0)), overall, np.log1p(known)

    @cached_property
    def _by_question(self) -> tuple[dict[str, Floats], dict[str, int]]:
        rows: dict[str, list[int]] = {}
        for row, question in enumerate(self._questions):
            rows.setdefault(question, []).append(row)
        counts = {question: self._used[mine].sum(axis=0) for question, mine in rows.items()}
        return counts, {question: len(mine) for question, mine in rows.items()}

    def _regression(self, view: View, own: Places) -> Floats:
        """Kernel ridge regression of the themes on vectors and words (Saunders and others 1998); for a coded
        comment its leave-one-out prediction, which is exact and costs nothing more."""
        rows, weights, left_out = self._solved
        scores = self._kernel(view.vectors, view.words, rows) @ weights
        place = np.full(len(self._used) + 1, -1, np.intp)
        place[rows] = np.arange(len(rows))
        solved = place[own]
        mine = np.flatnonzero((own >= 0) & (solved >= 0))
        scores[mine] = left_out[solved[mine]]
        return np.asarray(scores, np.float32)

    @cached_property
    def _solved(self) -> tuple[Places, Floats, Floats]:
        rows = np.asarray(sampled(self._asked, _MOST_SOLVED), np.intp)
        kernel = self._kernel(self._vectors[rows], self._words[rows], rows)
        kernel[np.diag_indices(len(rows))] += _RIDGE
        inverse = _inverted(kernel)
        used = self._used[rows]
        weights = inverse @ used
        left_out = used - weights / np.diag(inverse)[:, None]
        return rows, np.asarray(weights, np.float32), np.asarray(left_out, np.float32)

    def _kernel(self, vectors: Floats, words: Any, rows: Places) -> Floats:
        return np.asarray(vectors @ self._vectors[rows].T + (words @ self._words[rows].T).toarray())


def _inverted(kernel: Floats) -> Floats:
    """The inverse of a symmetric positive definite matrix (n, n), through Cholesky's factor. Single precision
    is enough: with the ridge no eigenvalue is below one."""
    factor, _ = lapack.spotrf(kernel, lower=1, clean=0)
    half, _ = lapack.spotri(factor, lower=1)
    lower = np.tril(half)
    return np.asarray(lower + np.tril(half, -1).T, np.float32)
