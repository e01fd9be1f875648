"""Points drawn towards their neighbours, so that one subject in different words comes together."""

from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.comments import evenly_spaced
from app.theming.encoders import Floats, unit

_NEIGHBOURS: Final = 10
_SHARE: Final = 0.5  # of the neighbours in a point
_MOST: Final = 4_000  # points that can be neighbours; of more, an even sample
_BLOCK: Final = 2_048
Places = npt.NDArray[np.intp]


def neighbours(vectors: Floats) -> Places:
    """Which of the points (p, d) can be neighbours: all, or an even sample."""
    return np.asarray(evenly_spaced(range(len(vectors)), _MOST), np.intp)


def smoothed(vectors: Floats) -> Floats:
    """Unit vectors (p, d), each moved half way to the mean of its ten nearest neighbours, the nearer counting
    more: one step of diffusion on their graph (Coifman and Lafon 2006). Time grows with p, not its square."""
    rows = neighbours(vectors)
    if len(rows) < 2:
        return vectors
    sample = vectors[rows]
    own = np.full(len(vectors), -1, np.intp)
    own[rows] = np.arange(len(rows))
    ends = [slice(at, at + _BLOCK) for at in range(0, len(vectors), _BLOCK)]
    return unit(np.concatenate([_moved(vectors[part], sample, own[part]) for part in ends]))


def smoothed_towards(vectors: Floats, sample: Floats) -> Floats:
    """The same for other points (p, d), with the neighbours (s, d) of those that were smoothed before."""
    if len(sample) < 2 or not len(vectors):
        return vectors
    nobody = np.full(len(vectors), -1, np.intp)
    ends = [slice(at, at + _BLOCK) for at in range(0, len(vectors), _BLOCK)]
    return unit(np.concatenate([_moved(vectors[part], sample, nobody[part]) for part in ends]))


def _moved(block: Floats, sample: Floats, own: Places) -> Floats:
    """`own` is the number of a point in the sample, -1 where it is not in it."""
    most = min(_NEIGHBOURS, len(sample) - 1)
    scores = block @ sample.T
    here = np.flatnonzero(own >= 0)
    scores[here, own[here]] = -1  # nobody is their own neighbour
    nearest = np.argpartition(-scores, most - 1, axis=1)[:, :most]
    nearest = np.sort(nearest, axis=1)
    pull = np.maximum(np.take_along_axis(scores, nearest, axis=1), 0)
    pull /= np.maximum(pull.sum(axis=1, keepdims=True), 1e-9)
    towards = np.einsum("nk,nkd->nd", pull, sample[nearest])
    return np.asarray((1 - _SHARE) * block + _SHARE * towards, np.float32)
