"""Who raised a theme, as officers see it: by type and by area, with small numbers hidden."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from app.counting.responses import KeyCount
from app.counting.spread import RaisedBy, raised_by
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


def theme_spread(consultation_id: uuid.UUID, theme: str, *, words: Words) -> tuple[Spread, Spread]:
    """By area, and by type."""
    found = raised_by(consultation_id, theme)
    return _by_area(found, words), _by_type(found, words)


def _by_area(found: RaisedBy, words: Words) -> Spread:
    shown = hide_in_list([row.count for row in found.by_area]).cells
    labels = [words.area(row.key) for row in found.by_area]
    return _spread(_ordered(labels, shown, indent=False), found.by_area)


def _by_type(found: RaisedBy, words: Words) -> Spread:
    """Individuals, organisations, and under these their types: one table, so that none gives another away."""
    kinds, types = found.by_kind, found.by_organisation_type
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
