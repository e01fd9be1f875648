"""What officers saved and decided, on one comment or on many at once, newest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, union_all
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


@dataclass(frozen=True, kw_only=True)
class SavedComment:
    """One comment saved on the reading screen."""

    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str
    themes: int
    officer_id: uuid.UUID
    officer: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None


def changes(
    consultation_id: uuid.UUID, *, officer_id: uuid.UUID | None, page: int, size: int
) -> tuple[Sequence[Change | SavedComment], int]:
    """One officer's, or everyone's, single comments and many, and how many there are."""
    kinds = (CodingBatch, ReadingSave)
    every = union_all(*(_ids(kind, consultation_id, officer_id) for kind in kinds)).subquery()
    count = session.scalar(select(func.count()).select_from(every)) or 0
    wanted = session.scalars(
        select(every.c.id).order_by(every.c.id.desc()).limit(size).offset((page - 1) * size)
    ).all()
    batches = session.execute(_query(consultation_id).where(CodingBatch.id.in_(wanted)))
    found: dict[uuid.UUID, Change | SavedComment] = {row[0].id: _change(*row) for row in batches}
    found.update((row[0].id, _saved(*row)) for row in session.execute(_saves(wanted)))
    return [found[key] for key in wanted], count


def _ids(
    kind: type[CodingBatch] | type[ReadingSave], consultation_id: uuid.UUID, officer_id: uuid.UUID | None
) -> Select[uuid.UUID]:
    query = select(kind.id).where(kind.consultation_id == consultation_id)
    return query if officer_id is None else query.where(kind.officer_id == officer_id)


def _saves(ids: Sequence[uuid.UUID]) -> Select[ReadingSave, str, str, str]:
    return (
        select(ReadingSave, Response.reference, _by.name, _undone_by.name)
        .join(Comment, Comment.id == ReadingSave.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(_by, _by.id == ReadingSave.officer_id)
        .outerjoin(_undone_by, _undone_by.id == ReadingSave.undone_by_id)
        .where(ReadingSave.id.in_(ids))
    )


def _saved(save: ReadingSave, reference: str, officer: str, undone_by: str | None) -> SavedComment:
    return SavedComment(
        id=save.id, comment_id=save.comment_id, reference=reference, themes=save.themes,
        officer_id=save.officer_id, officer=officer, at=save.created_at,
        undone_at=save.undone_at, undone_by=undone_by,
    )  # fmt: skip


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
