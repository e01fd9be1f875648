"""The decisions over many comments at once, newest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.database import session
from app.enums import BatchKind
from app.models import CodingBatch, Comment, Officer, Reading, ReadingSave, Response, Theme

_by, _undone_by = aliased(Officer), aliased(Officer)


@dataclass(frozen=True, kw_only=True)
class Change:
    id: uuid.UUID
    kind: BatchKind
    code: str
    label: str
    size: int
    least: float
    under: float
    officer_id: uuid.UUID
    officer: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None


def changes(
    consultation_id: uuid.UUID, *, officer_id: uuid.UUID | None, page: int, size: int
) -> tuple[Sequence[Change], int]:
    """One officer's, or everyone's, and how many there are."""
    query = _query(consultation_id)
    if officer_id is not None:
        query = query.where(CodingBatch.officer_id == officer_id)
    count = session.scalar(query.with_only_columns(func.count(CodingBatch.id))) or 0
    rows = session.execute(query.order_by(CodingBatch.id.desc()).limit(size).offset((page - 1) * size))
    return [_change(*row) for row in rows], count


def change_of(consultation_id: uuid.UUID, change_id: uuid.UUID) -> Change | None:
    row = session.execute(_query(consultation_id).where(CodingBatch.id == change_id)).first()
    return None if row is None else _change(*row)


def _query(consultation_id: uuid.UUID) -> Select[CodingBatch, Theme, str, str]:
    return (
        select(CodingBatch, Theme, _by.name, _undone_by.name)
        .join(Theme, Theme.id == CodingBatch.theme_id)
        .join(_by, _by.id == CodingBatch.officer_id)
        .outerjoin(_undone_by, _undone_by.id == CodingBatch.undone_by_id)
        .where(CodingBatch.consultation_id == consultation_id)
    )


def _change(batch: CodingBatch, theme: Theme, officer: str, undone_by: str | None) -> Change:
    return Change(
        id=batch.id, kind=batch.kind, code=theme.code, label=theme.label, size=batch.size,
        least=batch.criteria.get("least", 0.0), under=batch.criteria.get("under", 1.01),
        officer_id=batch.officer_id, officer=officer, at=batch.created_at,
        undone_at=batch.undone_at, undone_by=undone_by,
    )  # fmt: skip


@dataclass(frozen=True)
class LastSave:
    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str


def last_save(consultation_id: uuid.UUID, officer_id: uuid.UUID) -> LastSave | None:
    """The newest save of this officer that stands: what their Undo takes back."""
    query = (
        select(ReadingSave.id, ReadingSave.comment_id, Response.reference)
        .join(Comment, Comment.id == ReadingSave.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            ReadingSave.consultation_id == consultation_id,
            ReadingSave.officer_id == officer_id,
            ReadingSave.undone_at.is_(None),
        )
        .order_by(ReadingSave.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else LastSave(*row)


@dataclass(frozen=True)
class OpenNow:
    comment_id: uuid.UUID
    reference: str
    officer: str


def open_now(consultation_id: uuid.UUID, *, now: datetime) -> list[OpenNow]:
    """The comments that officers are reading at the moment."""
    query = (
        select(Comment.id, Response.reference, Officer.name)
        .join(Reading, Reading.comment_id == Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .join(Officer, Officer.id == Reading.officer_id)
        .where(Reading.reserved_until > now, Comment.consultation_id == consultation_id)
        .order_by(Officer.name, Reading.id)
        .limit(50)
    )
    return [OpenNow(*row) for row in session.execute(query)]
