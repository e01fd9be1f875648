"""What the copies of a letter have in common, and every text that has enough of it.

Pairs of copies can be far apart when each sender changed other words, so a group that was found by its pairs
is checked against its core: the runs of three words that a good part of its texts share. Texts with enough
of the core join, texts with too little leave.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.theming.campaigns.passages import quotes_one_sentence, reach
from app.theming.campaigns.signatures import SHINGLE, plain_words

_FEWEST: Final = 3  # texts of a group that has a core
_COMMON: Final = 0.25  # share of a group's texts that have a run of the core
_ENOUGH: Final = 0.3  # share of the core that a text of the group has
_NEARLY_ALL: Final = 0.7  # share that is enough for a short core
_THROUGH: Final = 0.5  # of the tenths of the letter: less of it is a quotation
_BARE: Final = 0.9  # share of a text that is core when somebody sent nothing else
_MUCH: Final = 20  # runs of three words, about two sentences: enough for a long one
Items = Sequence[frozenset[int]]


@dataclass(frozen=True)
class Core:
    """The runs that a group's texts have in common, the text of it that has most of them, and whether that
    text is hardly more than the core: a letter of one sentence that people sent as it was."""

    runs: frozenset[int]
    fullest: str
    bare: bool

    def takes(self, text: str, runs: frozenset[int], *, in_common: int) -> bool:
        """Whether a text with these runs belongs. One sentence that everybody put their own words round is
        a quotation unless somebody sent it alone."""
        share = in_common / len(self.runs)
        if share >= _NEARLY_ALL:
            return self.bare or not quotes_one_sentence(text, self.runs)
        much = share >= _ENOUGH and in_common >= _MUCH
        return much and reach(self.fullest, runs & self.runs) >= _THROUGH


def regrouped(texts: Sequence[str], items: Items, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """`groups` of places in `texts` and `items` (the runs of three words of each text) after texts joined and
    left the larger ones. Every text is in one group; a text that fits none is a group of its own."""
    cores = {n: core_of(texts, items, group) for n, group in enumerate(groups) if len(group) >= _FEWEST}
    owners: dict[int, list[int]] = {}
    for number, core in cores.items():
        for run in core.runs:
            owners.setdefault(run, []).append(number)
    home = {place: number for number, group in enumerate(groups) for place in group}
    made: dict[int, list[int]] = {}
    alone: list[list[int]] = []
    for place, runs in enumerate(items):
        best = _best(
            texts[place], runs, Counter(number for run in runs for number in owners.get(run, ())), cores
        )
        if best is None and home[place] in cores:
            alone.append([place])
        else:
            made.setdefault(home[place] if best is None else best, []).append(place)
    return sorted([*made.values(), *alone])


def core_of(texts: Sequence[str], items: Items, group: Sequence[int]) -> Core:
    """Runs that a quarter of a group's texts have, and two texts at least."""
    counts = Counter(run for place in group for run in items[place])
    least = max(2.0, _COMMON * len(group))
    runs = frozenset(run for run, count in counts.items() if count >= least)
    fullest = max(group, key=lambda place: (len(items[place] & runs), -len(items[place]), -place))
    length = len(plain_words(texts[fullest])) - SHINGLE + 1
    return Core(runs, texts[fullest], len(items[fullest] & runs) >= _BARE * length)


def _best(text: str, runs: frozenset[int], hits: Counter[int], cores: dict[int, Core]) -> int | None:
    """The group of whose core a text has most, if it has enough of it."""
    taking = [number for number, count in hits.items() if cores[number].takes(text, runs, in_common=count)]
    return max(taking, key=lambda number: (hits[number] / len(cores[number].runs), -number), default=None)
