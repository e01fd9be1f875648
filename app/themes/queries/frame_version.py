"""The frame as it stood: each change of it keeps a whole version."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.database import session
from app.models import FrameVersion, Officer

NO_SECTION = "No section"


@dataclass(frozen=True)
class ThemeThen:
    code: str
    label: str
    definition: str
    state: str  # "in use", or what it was instead
    level: int  # how many sections stand above it, less one


@dataclass(frozen=True, kw_only=True)
class FrameThen:
    number: int
    newest: int
    officer: str | None
    at: datetime
    sections: tuple[tuple[str, tuple[ThemeThen, ...]], ...]


def frame_then(consultation_id: uuid.UUID, number: int) -> FrameThen | None:
    query = (
        select(FrameVersion, Officer.name)
        .outerjoin(Officer, Officer.id == FrameVersion.officer_id)
        .where(FrameVersion.consultation_id == consultation_id)
    )
    found = session.execute(query.where(FrameVersion.number == number)).first()
    if found is None:
        return None
    newest = select(func.max(FrameVersion.number)).where(FrameVersion.consultation_id == consultation_id)
    version, officer = found
    return FrameThen(
        number=number,
        newest=session.scalar(newest) or number,
        officer=officer,
        at=version.created_at,
        sections=tuple(_sections(version.snapshot["themes"])),
    )


def _sections(rows: list[dict[str, Any]]) -> list[tuple[str, tuple[ThemeThen, ...]]]:
    """Nets at the top with all that stands under them; themes of no net come last."""
    by_id = {row["id"]: row for row in rows}
    under: dict[str | None, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row["position"], row["code"])):
        above = row["parent_id"] if row["parent_id"] in by_id else None
        under.setdefault(above, []).append(row)
    tops = [row for row in under.get(None, []) if row["is_net"]]
    found = [
        (f"{top['code']} {top['label']}", tuple(_below(top["id"], under, by_id, level=0))) for top in tops
    ]
    rest = tuple(_then(row, by_id, level=0) for row in under.get(None, []) if not row["is_net"])
    return [*found, *([(NO_SECTION, rest)] if rest else [])]


def _below(
    key: str, under: Mapping[str | None, list[dict[str, Any]]], by_id: Mapping[str, Any], *, level: int
) -> list[ThemeThen]:
    found: list[ThemeThen] = []
    for row in under.get(key, ()):
        found.append(_then(row, by_id, level=level))
        if level < len(by_id):
            found += _below(row["id"], under, by_id, level=level + 1)
    return found


def _then(row: Mapping[str, Any], by_id: Mapping[str, Any], *, level: int) -> ThemeThen:
    state = "in use"
    if row["merged_into_id"]:
        into = by_id.get(row["merged_into_id"])
        state = f"part of {into['code']}" if into else "part of another theme"
    elif row["retired_at"]:
        state = "out of use"
    return ThemeThen(row["code"], row["label"], row["definition"] or "", state, level)
