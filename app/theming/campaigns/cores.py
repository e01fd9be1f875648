"""What the copies of a letter have in common, and every text that has enough of it.

Pairs of copies can be far apart when each sender changed other words, so a group that was found by its pairs
is checked against its core: the runs of three words that a good part of its texts share. Texts with enough
of the core join, texts with too little leave.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

_FEWEST: Final = 3  # texts of a group that has a core
_COMMON: Final = 0.25  # share of a group's texts that have a run of the core
_ENOUGH: Final = 0.3  # share of the core that a text of the group has
_NEARLY_ALL: Final = 0.7  # share that is enough for a short core
_MUCH: Final = 20  # runs of three words, about two sentences: enough for a long one
Items = Sequence[frozenset[int]]


def regrouped(items: Items, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """`groups` of places in `items` (runs of three words of each text) after texts joined and left the larger
    ones. Every text is in one group; a text that fits none is a group of its own."""
    cores = [(number, core_of(items, group)) for number, group in enumerate(groups) if len(group) >= _FEWEST]
    owners: dict[int, list[int]] = {}
    for number, core in cores:
        for run in core:
            owners.setdefault(run, []).append(number)
    sizes = {number: len(core) for number, core in cores}
    home = {place: number for number, group in enumerate(groups) for place in group}
    made: dict[int, list[int]] = {}
    alone: list[list[int]] = []
    for place, runs in enumerate(items):
        best = _best(Counter(number for run in runs for number in owners.get(run, ())), sizes)
        if best is None and home[place] in sizes:
            alone.append([place])
        else:
            made.setdefault(home[place] if best is None else best, []).append(place)
    return sorted([*made.values(), *alone])


def core_of(items: Items, group: Sequence[int]) -> frozenset[int]:
    """Runs that a quarter of a group's texts have, and two texts at least."""
    counts = Counter(run for place in group for run in items[place])
    least = max(2.0, _COMMON * len(group))
    return frozenset(run for run, count in counts.items() if count >= least)


def _best(hits: Counter[int], sizes: dict[int, int]) -> int | None:
    """The group of whose core a text has most, if it has enough of it."""
    shares = {number: count / sizes[number] for number, count in hits.items()}
    enough = [
        number
        for number, share in shares.items()
        if share >= _NEARLY_ALL or (share >= _ENOUGH and hits[number] >= _MUCH)
    ]
    return max(enough, key=lambda number: (shares[number], -number), default=None)
