"""Which themes stand on the same comments."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Shared:
    """Comments that have both themes; comments as `theme_counts` has them."""

    theme_id: uuid.UUID
    other_id: uuid.UUID
    comments: int


class Pairs:
    """Of the themes of each comment, by their numbers in the pass."""

    def __init__(self, nets: Iterable[int]) -> None:
        self._nets = frozenset(nets)
        self._found: Counter[tuple[int, int]] = Counter()

    def add(self, said: Iterable[int]) -> None:
        self._found.update(combinations(sorted(one for one in said if one not in self._nets), 2))

    def shared(self, known: Sequence[uuid.UUID], *, least: int) -> list[Shared]:
        pairs = self._found.items()
        return [Shared(known[one], known[other], count) for (one, other), count in pairs if count >= least]
