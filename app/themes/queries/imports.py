"""The files of codings that officers uploaded."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from app.database import session
from app.models import CodingBatch, CodingImport, Officer
from app.responses.queries.pages import Page, cut, length, within
from app.themes.queries.judged_import import JUDGED, JudgedImport, judged


@dataclass(frozen=True, kw_only=True)
class ImportShown:
    """`batch_id`: it was applied. `figures`: of the moment it was. `report`: what it would change, as it was
    last judged; None once it is applied, and when its rows are gone."""

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
    report: JudgedImport | None


def imports_page(consultation_id: uuid.UUID, *, officer_id: uuid.UUID | None, page: int) -> Page[ImportShown]:
    """Newest first. `officer_id`: of this officer alone."""
    query = _query(consultation_id)
    if officer_id is not None:
        query = query.where(CodingImport.officer_id == officer_id)
    total = length(query)
    number = within(page, total)
    rows = session.execute(cut(query.order_by(CodingImport.number.desc()), number))
    return Page([_shown(row) for row in rows], total, number)


def import_numbered(consultation_id: uuid.UUID, number: int) -> ImportShown | None:
    row = session.execute(_query(consultation_id).where(CodingImport.number == number)).first()
    return None if row is None else _shown(row)


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


def _shown(row: Row[Any]) -> ImportShown:
    id_, number, file_name, officer_id, officer, at, notes, figures, batch_id, undone_at = tuple(row)
    return ImportShown(
        id=id_, number=number, file_name=file_name, officer_id=officer_id, officer=officer, at=at,
        notes=notes, figures=figures, batch_id=batch_id, undone_at=undone_at,
        report=judged(figures[JUDGED]) if JUDGED in figures else None,
    )  # fmt: skip
