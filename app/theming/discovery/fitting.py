"""From the texts of a question to their scores in themes: found on a sample where there are very many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from app.theming.blocks import in_blocks, one_thread
from app.theming.comments import Progress, evenly_spaced
from app.theming.discovery.clustering import Labels, centres_of
from app.theming.discovery.membership import large_enough, without_lesser
from app.theming.discovery.points import Owners, Pieces, PointSpace, PointVectors, cut
from app.theming.discovery.subject_themes import FoundThemes, SubjectThemes, find_themes
from app.theming.discovery.subjects import subject_centres
from app.theming.encoders import Encoder, Floats

MOST_FITTED: Final = 10_000  # texts among which themes are found; more are an even sample, and the rest join
_BLOCK: Final = 500


@dataclass(frozen=True)
class Fitted:
    """Themes of n texts. `scores` (n, k) is sparse, by columns. `points` (p) are those of the texts that
    themes were found in, `nearest` (p,) the theme that each is nearest to, -1 where its subject has none, and
    `centres` (k, d) the themes' directions in the space of all points."""

    scores: Any
    centres: Floats
    points: PointVectors
    nearest: Labels

    def ordered(self, themes: Labels) -> "Fitted":
        """With these themes alone, in their order."""
        place = np.full(len(self.centres) + 1, -1, np.intp)  # the last is that of -1
        place[themes] = np.arange(len(themes))
        return Fitted(self.scores[:, themes], self.centres[themes], self.points, place[self.nearest])


@dataclass(frozen=True)
class _Joining:
    """What a text that had no part in finding the themes needs to join them. `directions` (s, d) are those of
    the subjects in the space of all."""

    encoder: Encoder
    space: PointSpace
    directions: Floats
    subjects: tuple[SubjectThemes, ...]


def fit_themes(texts: Sequence[str], *, encoder: Encoder, workers: int, progress: Progress) -> Fitted:
    """Themes of `texts`, which differ from each other and are in a stable order. Texts on several subjects
    have the themes of each, found as if it had been asked alone. Up to 10,000 all have a part in finding
    them; of more, an even sample has, and the others join the themes found block by block."""
    rows = np.asarray(evenly_spaced(range(len(texts)), MOST_FITTED), np.intp)
    space = PointSpace()
    with one_thread():
        pieces = cut([texts[row] for row in rows], encoder)
        points = space.fit(pieces)
        directions = subject_centres(points)
        found = _by_subject(pieces, space, points, directions, len(texts))
        inner = _beside([each.scores(len(rows)) for each in found])
    progress(len(rows), len(texts))
    joining = _Joining(encoder, space, directions, tuple(each.themes for each in found))
    scores = _with_others(inner, rows, texts, joining, workers, progress)
    kept = large_enough(scores)
    here = PointVectors(points.spans, rows[points.owners], points.vectors)
    nearest = _nearest(found, kept, len(points.vectors))
    centres = centres_of(points.vectors[nearest >= 0], nearest[nearest >= 0], len(kept))
    return Fitted(scores[:, kept], centres, here, nearest)


def _by_subject(
    pieces: Pieces, space: PointSpace, points: PointVectors, directions: Floats, texts: int
) -> list[FoundThemes]:
    """Themes of each subject. One that is alone keeps the space of all; of several, each has its own."""
    if len(directions) < 2:
        return [find_themes(space, points, np.arange(len(points.vectors)), comments=texts)]
    subject = np.argmax(points.vectors @ directions.T, axis=1)
    found = []
    for number in range(len(directions)):
        mine, own = np.flatnonzero(subject == number), PointSpace()
        part = pieces.some(mine)
        comments = len(np.unique(part.owners)) * texts / pieces.texts
        found.append(find_themes(own, own.fit(part), mine, comments=comments))
    return found


def _beside(scores: Sequence[Floats]) -> Any:
    """Scores (n, k) in the themes of all subjects, sparse by rows, of those in the themes of each."""
    if len(scores) == 1:
        return sparse.csr_matrix(scores[0])
    return without_lesser(sparse.hstack([sparse.csr_matrix(part) for part in scores], "csr"))


def _nearest(found: Sequence[FoundThemes], kept: Labels, points: int) -> Labels:
    """The place among the `kept` themes of all subjects of the theme that each point is nearest to."""
    nearest, first = np.full(points, -1, np.intp), 0
    for each in found:
        last = first + len(each.themes.centres)
        mine = kept[(kept >= first) & (kept < last)] - first
        if len(mine):
            nearest[each.rows] = np.searchsorted(kept, each.nearest(mine) + first)
        first = last
    return nearest


def _with_others(
    inner: Any, rows: Owners, texts: Sequence[str], joining: _Joining, workers: int, progress: Progress
) -> Any:
    """Scores of all texts, by columns, given those of `rows`."""
    if len(rows) == len(texts):
        return inner.tocsc()
    others = np.setdiff1d(np.arange(len(texts)), rows)
    blocks = [others[at : at + _BLOCK] for at in range(0, len(others), _BLOCK)]
    given = [[texts[row] for row in block] for block in blocks]
    parts = [inner]
    done = len(rows)
    for part in in_blocks(_join, joining, given, workers=workers):
        parts.append(part)
        done += part.shape[0]
        progress(done, len(texts))
    order = np.argsort(np.concatenate([rows, others]), kind="stable")
    return sparse.vstack(parts, "csr")[order].tocsc()


def _join(joining: _Joining, texts: Sequence[str]) -> Any:
    """Scores (n, k) of a block of texts, sparse by rows."""
    pieces = cut(texts, joining.encoder)
    if len(joining.subjects) == 1:
        return _beside([joining.subjects[0].join(pieces)])
    subject = np.argmax(joining.space.transform(pieces).vectors @ joining.directions.T, axis=1)
    return _beside(
        [
            themes.join(pieces.some(np.flatnonzero(subject == number)))
            for number, themes in enumerate(joining.subjects)
        ]
    )
