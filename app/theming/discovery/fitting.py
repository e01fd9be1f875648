"""From the texts of a question to their scores in themes: found on a sample where there are very many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from app.theming.blocks import in_blocks, one_thread
from app.theming.comments import Progress, evenly_spaced
from app.theming.discovery.clustering import cluster, expected_themes
from app.theming.discovery.membership import large_enough, memberships
from app.theming.discovery.points import Owners, PointSpace, PointVectors
from app.theming.discovery.smoothing import neighbours, smoothed, smoothed_towards
from app.theming.encoders import Encoder, Floats

MOST_FITTED: Final = 10_000  # texts among which themes are found; more are an even sample, and the rest join
_BLOCK: Final = 500


@dataclass(frozen=True)
class Fitted:
    """Themes of n texts. `scores` (n, k) is sparse, by columns; `centres` (k, d) are the themes' directions;
    `points` are those of the texts that themes were found in, moved towards their neighbours."""

    scores: Any
    centres: Floats
    points: PointVectors


@dataclass(frozen=True)
class _Joining:
    """What a text that had no part in finding the themes needs to join them."""

    space: PointSpace
    neighbours: Floats
    centres: Floats


def fit_themes(texts: Sequence[str], *, encoder: Encoder, workers: int, progress: Progress) -> Fitted:
    """Themes of `texts`, which differ from each other and are in a stable order. Up to 10,000 all have a part
    in finding them; of more, an even sample has, and the others join the themes found block by block."""
    rows = np.asarray(evenly_spaced(range(len(texts)), MOST_FITTED), np.intp)
    space = PointSpace(encoder)
    with one_thread():
        points = space.fit([texts[row] for row in rows])
        moved = smoothed(points.vectors)
        centres = cluster(moved, expected_themes(len(texts)))
        inner = sparse.csc_matrix(memberships(points, moved, centres, len(rows)))
    progress(len(rows), len(texts))
    joining = _Joining(space, points.vectors[neighbours(points.vectors)], centres)
    scores = _with_others(inner, rows, texts, joining, workers, progress)
    kept = large_enough(scores)
    here = PointVectors(points.spans, rows[points.owners], moved)
    return Fitted(scores[:, kept], centres[kept], here)


def _with_others(
    inner: Any, rows: Owners, texts: Sequence[str], joining: _Joining, workers: int, progress: Progress
) -> Any:
    """Scores of all texts, given those of `rows`."""
    if len(rows) == len(texts):
        return inner
    others = np.setdiff1d(np.arange(len(texts)), rows)
    blocks = [others[at : at + _BLOCK] for at in range(0, len(others), _BLOCK)]
    given = [[texts[row] for row in block] for block in blocks]
    parts = [inner.tocsr()]
    done = len(rows)
    for part in in_blocks(_join, joining, given, workers=workers):
        parts.append(part)
        done += part.shape[0]
        progress(done, len(texts))
    order = np.argsort(np.concatenate([rows, others]), kind="stable")
    return sparse.vstack(parts, "csr")[order].tocsc()


def _join(joining: _Joining, texts: Sequence[str]) -> Any:
    """Scores (n, k) of a block of texts, sparse by rows."""
    points = joining.space.transform(texts)
    moved = smoothed_towards(points.vectors, joining.neighbours)
    return sparse.csr_matrix(memberships(points, moved, joining.centres, len(texts)))
