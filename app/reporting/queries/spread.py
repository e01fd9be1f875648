"""Who raised a theme, as officers see it: by type and by area, with small numbers hidden."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from app.counting.responses import KeyCount
from app.counting.spread import raised_by_area, raised_by_kind, raised_by_organisation_type
from app.reporting.suppression import Hidden, Shown, hide_in_groups, hide_in_list
from app.responses.queries.choices import Words


@dataclass(frozen=True)
class SpreadRow:
    """`count` is a number, or why it is hidden: it is small, or it would give a small one away."""

    label: str
    count: Shown
    indent: bool = False


@dataclass(frozen=True)
class Spread:
    """`rows` is empty where the whole table would say too much."""

    rows: tuple[SpreadRow, ...]
    base: int


def theme_by_area(consultation_id: uuid.UUID, theme: str, *, words: Words) -> Spread:
    counts = raised_by_area(consultation_id, theme)
    shown = hide_in_list([row.count for row in counts]).cells
    labels = [words.area(row.key) for row in counts]
    rows = sorted(zip(labels, shown, [False] * len(counts), strict=True), key=_hidden_by_name)
    return _spread(rows, counts)


def theme_by_type(consultation_id: uuid.UUID, theme: str, *, words: Words) -> Spread:
    """Individuals, organisations, and under these their types: one table, so that none gives another away."""
    kinds = raised_by_kind(consultation_id, theme)
    types = raised_by_organisation_type(consultation_id, theme)
    lists, totals = hide_in_groups([[kinds[0].count], [row.count for row in types]])
    rows = [("Individuals", totals.cells[0], False), ("Organisations", totals.cells[1], False)]
    rows += [(words.type(row.key), cell, True) for row, cell in zip(types, lists[1].cells, strict=True)]
    return _spread(rows, kinds)


def _hidden_by_name(row: tuple[str, Shown, bool]) -> tuple[bool, int, str]:
    """The largest first, then the hidden ones by name: their order must not tell their size."""
    label, shown, _ = row
    hidden = isinstance(shown, Hidden)
    return hidden, 0 if isinstance(shown, Hidden) else -shown, label


def _spread(rows: Sequence[tuple[str, Shown, bool]], counts: Sequence[KeyCount]) -> Spread:
    base = sum(row.count for row in counts)
    if any(shown is Hidden.TOO_FEW for _, shown, _ in rows):
        return Spread((), base)
    return Spread(
        tuple(SpreadRow(label, shown, indent) for label, shown, indent in rows),
        base,
    )
