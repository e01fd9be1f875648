"""How far two coders agree, and what changed between two runs. Honest figures for the report."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import cohen_kappa_score, f1_score

Coded = Mapping[str, AbstractSet[str]]
"""Codes of each comment by its id; an empty set where the coder found none."""


@dataclass(frozen=True)
class ThemeAgreement:
    """Agreement on one theme. `kappa` is Cohen's (1960), None where neither coder ever disagreed by chance:
    both used the theme for all comments or for none. `f1` takes the first coder as the truth."""

    code: str
    first: int
    second: int
    both: int
    kappa: float | None
    f1: float


@dataclass(frozen=True)
class Agreement:
    """Agreement of two coders on the comments that both coded; `f1` is micro-averaged over all pairs, and
    `low` and `high` its 95% interval from 1000 bootstrap draws of comments with a fixed seed. `alpha` is
    Krippendorff's (2004) over all decisions on a comment and a theme, None where there is nothing to tell."""

    comments: int
    f1: float
    low: float
    high: float
    themes: tuple[ThemeAgreement, ...]
    alpha: float | None = None


@dataclass(frozen=True)
class Change:
    """What a second run says differently: (comment id, code) pairs that are new and that are gone."""

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    same: int


def agreement(first: Coded, second: Coded) -> Agreement:
    """Agreement on the comments that are in both. With none, all figures are 0 and there are no themes."""
    ids = sorted(first.keys() & second.keys())
    codes = sorted({code for coder in (first, second) for ident in ids for code in coder[ident]})
    one, other = _matrix(first, ids, codes), _matrix(second, ids, codes)
    if not ids or not codes:
        return Agreement(len(ids), 0.0, 0.0, 0.0, ())
    themes = tuple(_of_theme(code, one[:, place], other[:, place]) for place, code in enumerate(codes))
    low, high = _interval(one, other)
    whole = float(f1_score(one.ravel(), other.ravel(), zero_division=0.0))
    return Agreement(len(ids), whole, low, high, themes, krippendorff_alpha(one.ravel(), other.ravel()))


def krippendorff_alpha(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> float | None:
    """Alpha of two coders' yes and no on n units, shape (n,) each: 1 less the disagreement there is over the
    one to expect by chance (Krippendorff 2004, nominal data). None where all answers are the same."""
    answers = 2 * len(one)
    yes = int(one.sum() + other.sum())
    expected = 2 * yes * (answers - yes)
    if not expected:
        return None
    return 1 - (answers - 1) * 2 * float((one != other).sum()) / expected


def _matrix(coder: Coded, ids: list[str], codes: list[str]) -> npt.NDArray[np.bool_]:
    return np.array([[code in coder[ident] for code in codes] for ident in ids], bool).reshape(
        len(ids), len(codes)
    )


def _of_theme(code: str, one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> ThemeAgreement:
    constant = bool(np.all(one == one[0]) and np.array_equal(one, other))
    kappa = None if constant else float(cohen_kappa_score(one, other))
    f1 = float(f1_score(one, other, zero_division=0.0))
    return ThemeAgreement(code, int(one.sum()), int(other.sum()), int((one & other).sum()), kappa, f1)


def _interval(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> tuple[float, float]:
    both, total = (one & other).sum(axis=1), one.sum(axis=1) + other.sum(axis=1)
    draws = np.random.default_rng(0).integers(0, len(one), size=(1000, len(one)))
    scores = 2 * both[draws].sum(axis=1) / np.maximum(total[draws].sum(axis=1), 1)
    return float(np.quantile(scores, 0.025)), float(np.quantile(scores, 0.975))


def compare_runs(before: Coded, after: Coded) -> Change:
    """What the run `after` assigns that `before` did not, and the reverse; a missing comment has no codes."""
    old = {(ident, code) for ident, codes in before.items() for code in codes}
    new = {(ident, code) for ident, codes in after.items() for code in codes}
    return Change(tuple(sorted(new - old)), tuple(sorted(old - new)), len(old & new))
