"""Several subjects asked as one question have the themes of each."""

import numpy as np
import pytest
from scipy import sparse

from app.theming import Comment, discover_themes
from app.theming.discovery.membership import without_lesser
from app.theming.discovery.points import PointVectors
from app.theming.discovery.subjects import subject_centres
from app.theming.encoders import unit
from app.theming.points import Span


def points_about(subjects: int, *, apart: float) -> PointVectors:
    chance = np.random.default_rng(3)
    directions = np.repeat(np.eye(subjects, 40), 120, axis=0)
    vectors = unit(apart * directions + chance.normal(size=directions.shape) / 4)
    return PointVectors((Span(0, 1),) * len(vectors), np.arange(len(vectors)), vectors)


def test_subjects_with_a_gap_between_them_are_found() -> None:
    points = points_about(5, apart=2)
    centres = subject_centres(points)
    nearest = np.argmax(points.vectors @ centres.T, axis=1).reshape(5, 120)

    assert len(centres) == 5
    assert all(len(set(mine.tolist())) == 1 for mine in nearest)


def test_points_without_a_gap_are_about_one_subject() -> None:
    assert len(subject_centres(points_about(5, apart=0.3))) == 1
    assert len(subject_centres(points_about(1, apart=2))) == 1


def test_no_points_and_few_points_are_about_one_subject() -> None:
    empty = PointVectors((), np.zeros(0, np.intp), np.zeros((0, 3), np.float32))

    assert subject_centres(empty).shape == (1, 3)
    many = points_about(5, apart=2)
    few = PointVectors(many.spans[:39], many.owners[:39], many.vectors[::16][:39])
    assert len(subject_centres(few)) == 1


@pytest.fixture
def every_piece_a_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.theming.discovery.subjects._OWN", -1.0)
    monkeypatch.setattr("app.theming.discovery.subjects._FEWEST", 8)


@pytest.mark.usefixtures("every_piece_a_subject")
def test_themes_of_several_subjects_are_one_list(
    comments: list[Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = discover_themes(comments, pooled=True)
    monkeypatch.setattr("app.theming.discovery.fitting.MOST_FITTED", 30)
    monkeypatch.setattr("app.theming.discovery.fitting._BLOCK", 5)
    joined = discover_themes(comments, pooled=True)

    for found in (whole, joined):
        inside = {ident for theme in found for ident, _ in theme.members}
        assert len(inside) > 0.9 * len(comments)
        assert all(theme.terms for theme in found)
        assert len({theme.key for theme in found}) == len(found)
    assert joined == discover_themes(comments[::-1], pooled=True)


def test_themes_well_below_a_comments_best_are_left_out_over_all_subjects() -> None:
    scores = sparse.csr_matrix(np.array([[0.9, 0.0, 0.5], [0.0, 0.4, 0.5], [0.0, 0.0, 0.0]]))

    assert without_lesser(scores).toarray().tolist() == [[0.9, 0, 0], [0, 0.4, 0.5], [0, 0, 0]]
