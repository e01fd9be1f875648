"""Subjects that are asked as one question: groups of points whose neighbours are nearly all their own.

The themes of one subject are next to each other: a good part of a point's nearest neighbours is across any
line between them. Between subjects that have nothing to do with each other there is a gap.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.comments import evenly_spaced
from app.theming.discovery.clustering import Labels, centres_of, cluster
from app.theming.discovery.points import PointVectors
from app.theming.discovery.smoothing import smoothed
from app.theming.encoders import Floats

_OWN: Final = 0.9  # of a subject's neighbours, beyond chance, in the subject
_MOST: Final = 1_500  # points looked at, of more an even sample: a denser one would see smaller gaps
_NEIGHBOURS: Final = 10
_FEWEST: Final = 20  # points of a piece at the start
_MOST_PIECES: Final = 60


def subject_centres(points: PointVectors) -> Floats:
    """Directions (s, d) of the subjects that points (p, d) are about; one row when all are about one. Pieces
    from k-means are joined, the least separate to the one most of its other neighbours are in, until the
    neighbours of each are its own: agglomeration by conductance (Kannan, Vempala and Vetta 2004)."""
    rows = np.asarray(evenly_spaced(range(len(points.vectors)), _MOST), np.intp)
    pieces = min(_MOST_PIECES, len(rows) // _FEWEST)
    if pieces < 2:
        return centres_of(points.vectors, np.zeros(len(points.vectors), np.intp), 1)
    moved = smoothed(points.vectors[rows])
    nearest = np.argmax(moved @ cluster(moved, pieces).T, axis=1)
    labels = np.unique(nearest, return_inverse=True)[1].astype(np.intp)
    joined = _joined(labels, _neighbours_of_others(points.vectors[rows], points.owners[rows]))
    return centres_of(moved, joined)


def _neighbours_of_others(vectors: Floats, owners: Labels) -> Labels:
    """Places (p, 10) of each point's nearest neighbours, none of them of its own comment."""
    near = vectors @ vectors.T
    near[owners[:, None] == owners[None, :]] = -1
    most = min(_NEIGHBOURS, len(vectors) - 1)
    return np.argpartition(-near, most - 1, axis=1)[:, :most]


def _joined(labels: Labels, neighbours: Labels) -> Labels:
    """Subjects of points, (p,), given their pieces and their neighbours."""
    pieces = int(labels.max()) + 1
    links = np.zeros((pieces, pieces))
    np.add.at(links, (np.repeat(labels, neighbours.shape[1]), labels[neighbours].ravel()), 1)
    sizes, subject = np.bincount(labels, minlength=pieces).astype(float), np.arange(pieces)
    left = list(range(pieces))
    while len(left) > 1:
        own = _separate(links[np.ix_(left, left)], sizes[left])
        if own.min() >= _OWN:
            break
        gone = left.pop(int(np.argmin(own)))
        kept = max(left, key=lambda other: links[gone, other] + links[other, gone])
        links[kept] += links[gone]
        links[:, kept] += links[:, gone]
        sizes[kept] += sizes[gone]
        subject[subject == gone] = kept
    return np.unique(subject[labels], return_inverse=True)[1].astype(np.intp)


def _separate(links: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far the neighbours of each piece are its own: 0 as chance would have it, 1 all of them."""
    shares = sizes / sizes.sum()
    return np.asarray((np.diag(links) / links.sum(axis=1) - shares) / (1 - shares), np.float64)
