"""Who raised a theme, as officers see it: by type and by area, with small numbers hidden."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from app.counting.responses import KeyCount
from app.counting.spread import raised_by_area, raised_by_kind, raised_by_organisation_type
from app.reporting.suppression import Hidden, Shown, hidden_last, hide_in_groups, hide_in_list
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
    return _spread(_ordered(labels, shown, indent=False), counts)


def theme_by_type(consultation_id: uuid.UUID, theme: str, *, words: Words) -> Spread:
    """Individuals, organisations, and under these their types: one table, so that none gives another away."""
    kinds = raised_by_kind(consultation_id, theme)
    types = raised_by_organisation_type(consultation_id, theme)
    lists, totals = hide_in_groups([[kinds[0].count], [row.count for row in types]])
    rows = [("Individuals", totals.cells[0], False), ("Organisations", totals.cells[1], False)]
    rows += _ordered([words.type(row.key) for row in types], lists[1].cells, indent=True)
    return _spread(rows, kinds)


def _ordered(labels: Sequence[str], cells: Sequence[Shown], *, indent: bool) -> list[tuple[str, Shown, bool]]:
    """In the order they come in, the hidden ones last and by name."""
    rows = sorted(zip(labels, cells, strict=True), key=lambda row: hidden_last(*row))
    return [(label, cell, indent) for label, cell in rows]


def _spread(rows: Sequence[tuple[str, Shown, bool]], counts: Sequence[KeyCount]) -> Spread:
    base = sum(row.count for row in counts)
    if any(shown is Hidden.TOO_FEW for _, shown, _ in rows):
        return Spread((), base)
    return Spread(
        tuple(SpreadRow(label, shown, indent) for label, shown, indent in rows),
        base,
    )
