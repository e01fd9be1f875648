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


def smoothed(vectors: Floats) -> Floats:
    """Unit vectors (p, d), each moved half way to the mean of its ten nearest neighbours, the nearer counting
    more: one step of diffusion on their graph (Coifman and Lafon 2006). Time grows with p, not its square."""
    rows = np.asarray(evenly_spaced(range(len(vectors)), _MOST), np.intp)
    most = min(_NEIGHBOURS, len(rows) - 1)
    if most < 1:
        return vectors
    moved = [_moved(vectors, rows, at, most) for at in range(0, len(vectors), _BLOCK)]
    return unit(np.concatenate(moved))


def _moved(vectors: Floats, rows: npt.NDArray[np.intp], at: int, most: int) -> Floats:
    block, sample = vectors[at : at + _BLOCK], vectors[rows]
    scores = block @ sample.T
    own = np.searchsorted(rows, np.arange(at, at + len(block)))
    itself = np.minimum(own, len(rows) - 1)
    here = np.flatnonzero(rows[itself] == np.arange(at, at + len(block)))
    scores[here, itself[here]] = -1  # nobody is their own neighbour
    nearest = np.argpartition(-scores, most - 1, axis=1)[:, :most]
    nearest = np.sort(nearest, axis=1)
    pull = np.maximum(np.take_along_axis(scores, nearest, axis=1), 0)
    pull /= np.maximum(pull.sum(axis=1, keepdims=True), 1e-9)
    towards = np.einsum("nk,nkd->nd", pull, sample[nearest])
    return np.asarray((1 - _SHARE) * block + _SHARE * towards, np.float32)
