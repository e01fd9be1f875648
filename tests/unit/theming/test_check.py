import numpy as np
import pytest

from app.theming import agreement, compare_runs
from app.theming.check import krippendorff_alpha

ONE = {"a": {"X"}, "b": {"Y"}, "c": set[str](), "d": {"X", "Y"}}
OTHER = {"a": {"X"}, "b": {"X"}, "c": set[str](), "d": {"X", "Y"}, "e": {"X"}}


def test_agreement_counts_the_comments_that_both_coded() -> None:
    found = agreement(ONE, OTHER)
    theme = found.themes[0]

    assert found.comments == 4
    assert found.f1 == pytest.approx(2 * 3 / (4 + 4))
    assert found.low <= found.f1 <= found.high
    assert (theme.code, theme.first, theme.second, theme.both) == ("X", 2, 3, 2)
    assert theme.kappa == pytest.approx(0.5)


def test_the_same_coding_agrees_wholly() -> None:
    found = agreement(ONE, ONE)

    assert found.f1 == 1
    assert all(theme.kappa == 1 for theme in found.themes)


def test_a_theme_that_both_used_everywhere_has_no_kappa() -> None:
    everywhere = {"a": {"X"}, "b": {"X"}}

    assert agreement(everywhere, everywhere).themes[0].kappa is None


def test_nothing_in_common_is_no_figure() -> None:
    assert agreement({"a": {"X"}}, {"b": {"X"}}).themes == ()
    assert agreement({}, {}).comments == 0


def test_two_runs_are_compared_pair_by_pair() -> None:
    change = compare_runs(ONE, OTHER)

    assert change.added == (("b", "X"), ("e", "X"))
    assert change.removed == (("b", "Y"),)
    assert change.same == 3


def test_alpha_is_krippendorffs() -> None:
    one = np.array([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], bool)
    other = np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 1], bool)

    # Two disagreements; 20 answers, 4 of them yes: 1 - 19 * 2 / (4 * 16).
    assert krippendorff_alpha(one, other) == pytest.approx(1 - 19 * 2 / 64)
    assert krippendorff_alpha(one, one) == pytest.approx(1)
    assert krippendorff_alpha(one & ~one, one & ~one) is None


def test_agreement_tells_alpha_over_all_themes() -> None:
    assert agreement(ONE, ONE).alpha == pytest.approx(1)
    assert (agreement(ONE, OTHER).alpha or 0) < 1
