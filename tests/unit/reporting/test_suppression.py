"""An attacker who knows the rules solves for each hidden number; none may come out."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from app.reporting.suppression import (
    Hidden,
    HiddenTable,
    Shown,
    hide_in_groups,
    hide_in_list,
    hide_in_table,
)

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 80))
BOUNDS = {Hidden.SMALL: (1, 4), Hidden.WITH: (5, None), Hidden.TOO_FEW: (0, None)}
Sum = tuple[Sequence[int], int]  # the places that sum to what stands at the last one


@given(st.lists(COUNTS, min_size=2, max_size=12))
def test_nothing_can_be_worked_out_from_the_total_of_a_list(counts: list[int]) -> None:
    hidden = hide_in_list(counts)

    _tells_no_lies(counts, hidden.cells)
    _keeps_its_secrets([*hidden.cells, sum(counts)], [(range(len(counts)), len(counts))])


@given(st.lists(st.lists(COUNTS, min_size=1, max_size=5), min_size=2, max_size=4))
def test_nothing_can_be_worked_out_from_the_totals_of_groups(groups: list[list[int]]) -> None:
    lists, totals = hide_in_groups(groups)

    shown: list[Shown] = [*totals.cells, sum(map(sum, groups))]
    sums: list[Sum] = [(range(len(groups)), len(groups))]
    for number, (group, hidden) in enumerate(zip(groups, lists, strict=True)):
        _tells_no_lies(group, hidden.cells)
        sums.append((range(len(shown), len(shown) + len(group)), number))
        shown += hidden.cells
    _keeps_its_secrets(shown, sums)


TABLES = st.integers(2, 5).flatmap(
    lambda wide: st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=2, max_size=6)
)


@given(TABLES)
def test_nothing_can_be_worked_out_from_the_margins_of_a_table(rows: list[list[int]]) -> None:
    hidden = hide_in_table(rows)

    for row, cells in zip(rows, hidden.cells, strict=True):
        _tells_no_lies(row, cells)
    _tells_no_lies([sum(row) for row in rows], hidden.row_totals)
    _keeps_its_secrets(*_as_sums(hidden, sum(map(sum, rows))))


def _tells_no_lies(counts: Sequence[int], shown: Sequence[Shown]) -> None:
    for count, cell in zip(counts, shown, strict=True):
        if isinstance(cell, Hidden):
            assert cell is Hidden.TOO_FEW or (cell is Hidden.SMALL) == (0 < count < 5)
        else:
            assert cell == count
            assert not 0 < count < 5


def _as_sums(table: HiddenTable, total: int) -> tuple[list[Shown], list[Sum]]:
    height, width = len(table.cells), len(table.cells[0])
    shown = [cell for row in table.cells for cell in row]
    rows_at, columns_at = height * width, height * width + height
    whole = columns_at + width
    sums: list[Sum] = [
        *((range(at * width, (at + 1) * width), rows_at + at) for at in range(height)),
        *((range(at, rows_at, width), columns_at + at) for at in range(width)),
        (range(rows_at, columns_at), whole),
        (range(columns_at, whole), whole),
    ]
    return [*shown, *table.row_totals, *table.column_totals, total], sums


def _keeps_its_secrets(shown: Sequence[Shown], sums: Sequence[Sum]) -> None:
    """The equations are those of a network, so that the least and greatest solutions are whole numbers."""
    bounds = [BOUNDS[cell] if isinstance(cell, Hidden) else (cell, cell) for cell in shown]
    left = [[(at in parts) - (at == whole) for at in range(len(shown))] for parts, whole in sums]
    for at, cell in enumerate(shown):
        if not isinstance(cell, Hidden):
            continue
        aim = [float(other == at) for other in range(len(shown))]
        least: Any = linprog(aim, A_eq=left, b_eq=[0] * len(sums), bounds=bounds)
        most: Any = linprog([-one for one in aim], A_eq=left, b_eq=[0] * len(sums), bounds=bounds)
        assert least.status == 0
        assert most.status == 3 or -most.fun > least.fun + 0.5, f"{at} of {shown} can only be {least.fun}"


def test_large_numbers_and_noughts_stay() -> None:
    assert hide_in_list([40, 0, 12]).cells == (40, 0, 12)


def test_one_small_number_takes_the_smallest_large_enough_neighbour_with_it() -> None:
    assert hide_in_list([40, 3, 12, 90]).cells == (40, Hidden.SMALL, Hidden.WITH, 90)


def test_two_small_numbers_hide_each_other_where_both_can_move() -> None:
    assert hide_in_list([40, 3, 2]).cells == (40, Hidden.SMALL, Hidden.SMALL)


@pytest.mark.parametrize("counts", [[1, 1, 40], [4, 4, 40]])
def test_two_ones_or_two_fours_give_themselves_away_and_need_a_third(counts: list[int]) -> None:
    assert hide_in_list(counts).cells == (Hidden.SMALL, Hidden.SMALL, Hidden.WITH)


def test_a_list_of_one_small_number_is_not_shown_at_all() -> None:
    assert hide_in_list([3, 0]).cells == (Hidden.TOO_FEW, Hidden.TOO_FEW)
