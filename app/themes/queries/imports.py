"""The files of codings that officers uploaded."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select

from app.database import session
from app.models import CodingBatch, CodingImport, Officer
from app.themes.files.codings_file import CodingRow

SHOWN: Final = 50


@dataclass(frozen=True, kw_only=True)
class ImportShown:
    """`batch_id`: it was applied. `figures`: of the moment it was."""

    id: uuid.UUID
    number: int
    file_name: str
    officer_id: uuid.UUID
    officer: str
    at: datetime
    notes: Sequence[str]
    figures: dict[str, Any]
    batch_id: uuid.UUID | None
    undone_at: datetime | None
    rows: tuple[CodingRow, ...] = ()


def imports_of(consultation_id: uuid.UUID, *, officer_id: uuid.UUID | None) -> list[ImportShown]:
    """Newest first, without their rows. `officer_id`: of this officer alone."""
    query = _query(consultation_id).order_by(CodingImport.number.desc()).limit(SHOWN)
    if officer_id is not None:
        query = query.where(CodingImport.officer_id == officer_id)
    return [_shown(row) for row in session.execute(query)]


def import_numbered(consultation_id: uuid.UUID, number: int) -> ImportShown | None:
    query = _query(consultation_id).add_columns(CodingImport.rows).where(CodingImport.number == number)
    row = session.execute(query).first()
    if row is None:
        return None
    return _shown(row, rows=tuple(CodingRow.from_json(value) for value in row[-1]))


def _query(consultation_id: uuid.UUID) -> Select[Any]:
    return (
        select(
            CodingImport.id, CodingImport.number, CodingImport.file_name, CodingImport.officer_id,
            Officer.name, CodingImport.created_at, CodingImport.notes, CodingImport.figures,
            CodingImport.batch_id, CodingBatch.undone_at,
        )
        .join(Officer, Officer.id == CodingImport.officer_id)
        .outerjoin(CodingBatch, CodingBatch.id == CodingImport.batch_id)
        .where(CodingImport.consultation_id == consultation_id)
    )  # fmt: skip


def _shown(row: Row[Any], *, rows: tuple[CodingRow, ...] = ()) -> ImportShown:
    id_, number, file_name, officer_id, officer, at, notes, figures, batch_id, undone_at = tuple(row)[:10]
    return ImportShown(
        id=id_, number=number, file_name=file_name, officer_id=officer_id, officer=officer, at=at,
        notes=notes, figures=figures, batch_id=batch_id, undone_at=undone_at, rows=rows,
    )  # fmt: skip
