"""Which shares of a table differ from those of all others by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

LEVEL = 0.05
FEWEST_EXPECTED = 5  # respondents in each cell of the two by two table; with fewer the test cannot be trusted


class Mark(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Share:
    """`count` of `base` here, and of `rest_base` others `rest`."""

    count: int
    base: int
    rest: int
    rest_base: int


def marks(shares: Sequence[Share | None]) -> tuple[list[Mark | None], int]:
    """One a share, and how many were tested: two shares against each other by the z test, and all of them
    allowed for by Holm's method, so that with one chance in twenty any mark at all is there by chance."""
    scores = {at: score for at, one in enumerate(shares) if one and (score := _score(one)) is not None}
    found: list[Mark | None] = [None] * len(shares)
    for rank, at in enumerate(sorted(scores, key=lambda at: -abs(scores[at]))):
        if _probability(scores[at]) > LEVEL / (len(scores) - rank):
            break
        found[at] = Mark.HIGHER if scores[at] > 0 else Mark.LOWER
    return found, len(scores)


def _score(one: Share) -> float | None:
    if not (one.base and one.rest_base):
        return None
    pooled = (one.count + one.rest) / (one.base + one.rest_base)
    if min(one.base, one.rest_base) * min(pooled, 1 - pooled) < FEWEST_EXPECTED:
        return None
    spread = sqrt(pooled * (1 - pooled) * (1 / one.base + 1 / one.rest_base))
    return (one.count / one.base - one.rest / one.rest_base) / spread


def _probability(score: float) -> float:
    return 2 * NormalDist().cdf(-abs(score))
