"""The themes of one subject, in a space of its own."""

import math
from dataclasses import dataclass

import numpy as np

from app.theming.discovery.clustering import Labels, cluster, expected_themes
from app.theming.discovery.membership import memberships
from app.theming.discovery.points import Owners, Pieces, PointSpace, PointVectors
from app.theming.discovery.smoothing import neighbours, smoothed, smoothed_towards
from app.theming.encoders import Floats


@dataclass(frozen=True)
class SubjectThemes:
    """What a point needs to find the themes of its subject: their directions `centres` (k, d) in the space of
    the subject, and the points that can be its neighbours there."""

    space: PointSpace
    neighbours: Floats
    centres: Floats

    def join(self, pieces: Pieces) -> Floats:
        """Scores (n, k) of the n texts of points that had no part in finding the themes."""
        points = self.space.transform(pieces)
        moved = smoothed_towards(points.vectors, self.neighbours)
        return memberships(points, moved, self.centres, pieces.texts)


@dataclass(frozen=True)
class FoundThemes:
    """The same with the points the themes were found in: `rows` (p,) among all points, and their `points`,
    moved towards their neighbours."""

    themes: SubjectThemes
    rows: Owners
    points: PointVectors
    moved: Floats

    def scores(self, texts: int) -> Floats:
        """Scores (n, k) of the n texts that the points are of."""
        return memberships(self.points, self.moved, self.themes.centres, texts)

    def nearest(self, kept: Labels) -> Labels:
        """Which of the `kept` themes (at least one) each point is nearest to, (p,)."""
        return np.asarray(kept[np.argmax(self.moved @ self.themes.centres[kept].T, axis=1)], np.intp)


def find_themes(space: PointSpace, points: PointVectors, rows: Owners, *, comments: float) -> FoundThemes:
    """Themes of `points` in their `space`. `comments` is how many there are on the subject in all."""
    moved = smoothed(points.vectors)
    centres = cluster(moved, expected_themes(math.ceil(comments)))
    return FoundThemes(
        SubjectThemes(space, points.vectors[neighbours(points.vectors)], centres), rows, points, moved
    )
