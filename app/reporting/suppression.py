"""Hiding small numbers, so that a table says nothing about one to four people. Decision 0071.

A table is a circulation: each total flows into its cells. A number hidden because it is small is safe if some
cycle of hidden numbers lets it be another one with everything shown unchanged; where there is none, the
cheapest cycle is hidden with it. Readers know that a small number is 1 to 4 and that one hidden with it is
not, and the cycle must hold against that too.
"""

import heapq
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SMALLEST_SHOWN = 5


class Hidden(StrEnum):
    SMALL = "small"  # 1 to 4
    WITH = "with"  # would give a small one away
    TOO_FEW = "too_few"  # the table cannot be shown at all


Shown = int | Hidden


@dataclass(frozen=True)
class HiddenList:
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class HiddenTable:
    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]


@dataclass(frozen=True)
class Arc:
    start: Hashable
    end: Hashable
    count: int
    known: bool = False  # said elsewhere, so that hiding it here would hide nothing


@dataclass
class _Table:
    arcs: Sequence[Arc]
    hidden: dict[int, Hidden] = field(default_factory=dict)

    def may_rise(self, at: int) -> bool:
        return self.hidden.get(at) is not Hidden.SMALL or self.arcs[at].count < SMALLEST_SHOWN - 1

    def may_fall(self, at: int) -> bool:
        lowest = 1 if self.hidden.get(at) is Hidden.SMALL else SMALLEST_SHOWN
        return self.arcs[at].count > lowest

    def price(self, at: int) -> int | None:
        """What it costs to use this arc in a cycle; None where it cannot be one: a zero is never hidden."""
        arc = self.arcs[at]
        if at in self.hidden:
            return 0
        return None if arc.known or arc.count == 0 else arc.count


def hidden_last(label: str, shown: Shown) -> tuple[bool, str]:
    """To sort rows by that stand in order of size: where a hidden one stood would tell how small it is."""
    hidden = isinstance(shown, Hidden)
    return hidden, label if hidden else ""


def hide_in_list(counts: Sequence[int]) -> HiddenList:
    """Parts of a total that the reader knows."""
    arcs = [Arc("whole", "parts", count) for count in counts]
    return HiddenList(tuple(hide([*arcs, Arc("parts", "whole", sum(counts), known=True)])[: len(arcs)]))


def hide_in_groups(groups: Sequence[Sequence[int]]) -> tuple[list[HiddenList], HiddenList]:
    """Lists whose totals are parts of one total that the reader knows: the lists, and their totals."""
    totals = [Arc("whole", number, sum(group)) for number, group in enumerate(groups)]
    parts = [Arc(number, "parts", count) for number, group in enumerate(groups) for count in group]
    whole = Arc("parts", "whole", sum(arc.count for arc in totals), known=True)
    shown = hide([*totals, *parts, whole])
    rest = iter(shown[len(totals) :])
    lists = [HiddenList(tuple(next(rest) for _ in group)) for group in groups]
    return lists, HiddenList(tuple(shown[: len(totals)]))


def hide_in_table(rows: Sequence[Sequence[int]]) -> HiddenTable:
    """A cross table with a total a row and a column; the reader knows the total of all."""
    width = len(rows[0]) if rows else 0
    columns = [sum(row[at] for row in rows) for at in range(width)]
    row_arcs = [Arc("whole", ("row", at), sum(row)) for at, row in enumerate(rows)]
    column_arcs = [Arc(("column", at), "parts", count) for at, count in enumerate(columns)]
    cells = [
        Arc(("row", at), ("column", across), count)
        for at, row in enumerate(rows)
        for across, count in enumerate(row)
    ]
    whole = Arc("parts", "whole", sum(columns), known=True)
    shown = hide([*row_arcs, *column_arcs, *cells, whole])
    first = len(rows) + width
    return HiddenTable(
        cells=tuple(tuple(shown[first + at * width : first + (at + 1) * width]) for at in range(len(rows))),
        row_totals=tuple(shown[: len(rows)]),
        column_totals=tuple(shown[len(rows) : first]),
    )


def hide(arcs: Sequence[Arc]) -> list[Shown]:
    """What may be shown of each arc, in order."""
    table = _Table(arcs)
    small = [at for at, arc in enumerate(arcs) if 0 < arc.count < SMALLEST_SHOWN and not arc.known]
    table.hidden.update((at, Hidden.SMALL) for at in small)
    for at in small:
        way = _cheapest_cycle(table, at)
        if way is None:
            return [Hidden.TOO_FEW] * len(arcs)
        table.hidden.update((other, Hidden.WITH) for other in way if other not in table.hidden)
    return [table.hidden.get(at, arc.count) for at, arc in enumerate(arcs)]


def _cheapest_cycle(table: _Table, at: int) -> list[int] | None:
    arc = table.arcs[at]
    ways = []
    if table.may_rise(at):
        ways.append(_cheapest_way(table, arc.end, arc.start, without=at))
    if table.may_fall(at):
        ways.append(_cheapest_way(table, arc.start, arc.end, without=at))
    found = [way for way in ways if way is not None]
    return min(found)[1] if found else None


def _cheapest_way(
    table: _Table, start: Hashable, goal: Hashable, *, without: int
) -> tuple[int, list[int]] | None:
    """Dijkstra over what may rise along its arc or fall against it: the price and the arcs."""
    waiting: list[tuple[int, list[int], Hashable]] = [(0, [], start)]
    seen: set[Hashable] = set()
    while waiting:
        price, way, node = heapq.heappop(waiting)
        if node == goal:
            return price, way
        if node in seen:
            continue
        seen.add(node)
        for at, beyond in _moves(table, node):
            cost = table.price(at)
            if at != without and cost is not None and beyond not in seen:
                heapq.heappush(waiting, (price + cost, [*way, at], beyond))
    return None


def _moves(table: _Table, node: Hashable) -> Iterable[tuple[int, Hashable]]:
    for at, arc in enumerate(table.arcs):
        if arc.start == node and table.may_rise(at):
            yield at, arc.end
        if arc.end == node and table.may_fall(at):
            yield at, arc.start
