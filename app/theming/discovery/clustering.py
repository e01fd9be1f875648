"""Clusters of points: how many is found, the same points always give the same clusters."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage

from app.theming.comments import evenly_spaced
from app.theming.encoders import Floats, unit

RESOLUTION: Final = 2.2  # themes grow with the cube root of the comments: slower than people's words (Heaps)
_FEWEST_COMMENTS: Final = 4  # of an expected theme
_MOST_LINKED: Final = 4_000  # points for a full tree; more are sampled evenly, then all are assigned
_PASSES: Final = 5
_FEWEST_TO_GROUP: Final = 6  # themes from which a second level helps
Labels = npt.NDArray[np.intp]


def expected_themes(comments: int) -> int:
    """The upper limit on themes in so many comments; empty and small clusters fall away afterwards."""
    return max(1, min(round(RESOLUTION * math.cbrt(comments)), comments // _FEWEST_COMMENTS))


def centres_of(vectors: Floats, labels: Labels, clusters: int | None = None) -> Floats:
    """Directions (k, d) of `clusters` (by default those in `labels`); one without points stays at zero."""
    shape = (int(labels.max()) + 1 if clusters is None else clusters, len(vectors))
    member = sparse.csr_matrix((np.ones(len(vectors)), (labels, np.arange(len(vectors)))), shape=shape)
    return unit(member @ vectors)


def cluster(vectors: Floats, themes: int) -> Floats:
    """Centres (k, d) of at most `themes` clusters of `vectors` (p, d): Ward's tree (1963), cut, then a few
    passes of spherical k-means (Dhillon and Modha 2001) that mend what the tree could not undo."""
    if len(vectors) == 0:
        return np.zeros((0, vectors.shape[1]), np.float32)
    if len(vectors) == 1 or themes < 2:
        return unit(vectors.sum(axis=0, keepdims=True))
    rows = evenly_spaced(range(len(vectors)), _MOST_LINKED)
    tree = linkage(vectors[rows].astype(np.float64), "ward")
    centres = centres_of(vectors[rows], fcluster(tree, themes, "maxclust").astype(np.intp) - 1)
    for _ in range(_PASSES):
        labels = np.argmax(vectors @ centres.T, axis=1)
        kept = np.unique(labels)
        centres = centres_of(vectors, np.searchsorted(kept, labels).astype(np.intp))
    return centres


def nets(centres: Floats) -> Labels:
    """The second level: the net of each theme, shape (k,); all -1 when there are too few themes for nets."""
    if len(centres) < _FEWEST_TO_GROUP:
        return np.full(len(centres), -1, np.intp)
    tree = linkage(centres.astype(np.float64), "ward")
    return np.asarray(fcluster(tree, max(2, round(len(centres) ** 0.5)), "maxclust"), np.intp) - 1
