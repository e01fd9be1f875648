"""Which theme a coding counts for: merges resolved, and nets roll up what stands under them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, case, select

from app.database import session
from app.models import Theme


@dataclass(frozen=True)
class FrameRow:
    """A theme or a net, as far as counting needs to know it."""

    id: uuid.UUID
    code: str
    label: str
    is_net: bool
    parent_id: uuid.UUID | None
    retired: bool
    merged_into_id: uuid.UUID | None


@dataclass(frozen=True)
class Frame:
    rows: tuple[FrameRow, ...]  # in the frame's order, merged ones too

    def counted(self) -> list[FrameRow]:
        return [row for row in self.rows if row.merged_into_id is None]

    def survivor(self, row: FrameRow) -> FrameRow:
        """Where the merges of a theme end."""
        by_id = self._by_id
        seen = {row.id}
        while row.merged_into_id in by_id and row.merged_into_id not in seen:
            row = by_id[row.merged_into_id]
            seen.add(row.id)
        return row

    def counts_for(self, row: FrameRow) -> list[uuid.UUID]:
        """The theme that a coding of this one counts for, and the nets above it."""
        by_id = self._by_id
        found = [self.survivor(row).id]
        while (parent := by_id[found[-1]].parent_id) in by_id:
            above = self.survivor(by_id[parent]).id
            if above in found:
                break
            found.append(above)
        return found

    def net_of(self, row: FrameRow) -> FrameRow | None:
        above = self.counts_for(row)[1:]
        return self._by_id[above[0]] if above else None

    def under(self, code: str) -> list[uuid.UUID]:
        """All whose codings count for this code; an old code means what its theme is now part of."""
        asked = next((row for row in self.rows if row.code == code), None)
        if asked is None:
            return []
        wanted = self.survivor(asked).id
        return [row.id for row in self.rows if wanted in self.counts_for(row)]

    def alone(self, rows: Iterable[FrameRow]) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
        """Of these the themes that no merge concerns, and the others; nets are left out."""
        themes = [row for row in rows if not row.is_net]
        merged = [row for row in self.rows if row.merged_into_id is not None]
        concerned = {row.id for row in merged} | {self.survivor(row).id for row in merged}
        return (
            [row.id for row in themes if row.id not in concerned],
            [row.id for row in themes if row.id in concerned],
        )

    @cached_property
    def _by_id(self) -> dict[uuid.UUID | None, FrameRow]:
        return {row.id: row for row in self.rows}


def frame(consultation_id: uuid.UUID) -> Frame:
    columns = (Theme.id, Theme.code, Theme.label, Theme.is_net, Theme.parent_id, Theme.retired_at)
    query = (
        select(*columns, Theme.merged_into_id)
        .where(Theme.consultation_id == consultation_id)
        .order_by(Theme.position, Theme.code)
    )
    return Frame(
        tuple(
            FrameRow(id_, code, label, is_net, parent_id, retired_at is not None, merged_into_id)
            for id_, code, label, is_net, parent_id, retired_at, merged_into_id in session.execute(query)
        )
    )


def levels(of: Frame) -> list[dict[uuid.UUID, uuid.UUID]]:
    """What each theme counts for: first the themes themselves, merges resolved, then the nets above them."""
    found: list[dict[uuid.UUID, uuid.UUID]] = []
    for row in of.rows:
        for level, counts_for in enumerate(of.counts_for(row)):
            if level == len(found):
                found.append({})
            found[level][row.id] = counts_for
    return found


def survivor_of(theme_id: Any, of: Frame) -> ColumnElement[uuid.UUID]:
    """The theme that this one is now part of."""
    moved = {row.id: of.survivor(row).id for row in of.rows if row.merged_into_id is not None}
    return case(moved, value=theme_id, else_=theme_id) if moved else theme_id
