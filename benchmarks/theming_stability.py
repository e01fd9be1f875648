"""How far discovered themes stay what they are when a tenth of the comments is left out.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_stability.py

Each tenth of a set, every tenth comment in the order of ids, is left out in turn. For each theme of the whole
set that has five comments left, the Jaccard index of its best match among the new themes, over the comments
that are left; the mean over themes, then over tenths. Prints one JSON line a set.
"""

import json
from collections.abc import Sequence
from typing import Final

import numpy as np
from theming_bench import DATA, SETS

from app.themes.files.reading import read_comments
from app.theming.comments import Comment
from app.theming.discovery.proposals import discover_themes

TENTHS: Final = 10
FEWEST: Final = 5
Ids = frozenset[str]


def themes_of(comments: Sequence[Comment]) -> list[Ids]:
    return [frozenset(ident for ident, _ in one.members) for one in discover_themes(comments) if one.members]


def kept(whole: Sequence[Ids], part: Sequence[Ids], left: Ids) -> float:
    """The mean over the themes of the whole."""
    before = [theme & left for theme in whole if len(theme & left) >= FEWEST]
    return float(np.mean([max(len(one & new) / len(one | new) for new in part) for one in before]))


def measure(name: str) -> None:
    comments = sorted(read_comments(DATA / f"{name}.csv"), key=lambda one: one.id)
    whole, found = themes_of(comments), []
    for tenth in range(TENTHS):
        part = [one for place, one in enumerate(comments) if place % TENTHS != tenth]
        found.append(kept(whole, themes_of(part), frozenset(one.id for one in part)))
    spread = {"jaccard": round(float(np.mean(found)), 3), "lowest": round(min(found), 3)}
    print(json.dumps({"what": f"stability {name}", "themes": len(whole), **spread}), flush=True)


if __name__ == "__main__":
    for each in SETS:
        measure(each)
