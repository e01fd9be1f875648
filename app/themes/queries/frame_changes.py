"""What the pages that change the frame show besides the frame itself."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.counting.behind import standing_coding
from app.counting.frame import frame
from app.counting.merging import comments_with_both
from app.database import session
from app.enums import Stance
from app.models import (
    Coding,
    Comment,
    FrameOperation,
    FrameOperationItem,
    FrameVersion,
    Officer,
    Response,
    SignOff,
    Theme,
)


@dataclass(frozen=True)
class ChangedBy:
    """The newest change of a theme since a version, and the fields that all changes since touched."""

    officer: str
    at: datetime
    fields: frozenset[str]


@dataclass(frozen=True)
class WithBoth:
    comment_id: uuid.UUID
    reference: str
    stances: tuple[Stance, ...]
    others: tuple[Stance, ...]


@dataclass(frozen=True)
class CodedSince:
    comment_id: uuid.UUID
    reference: str
    stance: Stance
    officer: str


def theme_with_code(consultation_id: uuid.UUID, code: str) -> Theme | None:
    """This very row, also when it is part of another theme by now."""
    query = select(Theme).where(Theme.consultation_id == consultation_id, Theme.code == code)
    return session.scalar(query)


def changed_since(theme_id: uuid.UUID, version: int) -> ChangedBy | None:
    query = (
        select(FrameOperationItem, FrameOperation.created_at, Officer.name)
        .join(FrameOperation, FrameOperation.id == FrameOperationItem.operation_id)
        .outerjoin(Officer, Officer.id == FrameOperation.officer_id)
        .where(FrameOperationItem.theme_id == theme_id, FrameOperationItem.coding_id.is_(None))
        .order_by(FrameOperationItem.id.desc())
    )
    rows = [row for row in session.execute(query) if (row[0].after or {}).get("version", 0) > version]
    if not rows:
        return None
    fields = {name for item, _, _ in rows for name in item.after or {}} - {"version"}
    named = {"section_id" if name == "parent_id" else name for name in fields}
    return ChangedBy(rows[0][2] or "An import", rows[0][1], frozenset(named))


def version_number(consultation_id: uuid.UUID) -> int:
    query = select(func.max(FrameVersion.number)).where(FrameVersion.consultation_id == consultation_id)
    return session.scalar(query) or 0


def signed_off(consultation_id: uuid.UUID) -> tuple[str, datetime] | None:
    """By whom and when, while it stands."""
    query = (
        select(Officer.name, SignOff.created_at)
        .join(Officer, Officer.id == SignOff.officer_id)
        .where(SignOff.consultation_id == consultation_id, SignOff.reopened_at.is_(None))
        .order_by(SignOff.id.desc())
    )
    row = session.execute(query.limit(1)).first()
    return None if row is None else (row[0], row[1])


def with_both(consultation_id: uuid.UUID, code: str, other: str, *, most: int) -> list[WithBoth]:
    of = frame(consultation_id)
    families = set(of.under(code)), set(of.under(other))
    ids = list(session.scalars(comments_with_both(consultation_id, code, other).limit(most)))
    query = (
        select(Coding.comment_id, Response.reference, Coding.theme_id, Coding.stance)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(Coding.comment_id.in_(ids), standing_coding())
        .order_by(Response.reference, Coding.id)
    )
    found: dict[uuid.UUID, tuple[str, list[Stance], list[Stance]]] = {}
    for comment_id, reference, theme_id, stance in session.execute(query):
        _, mine, others = found.setdefault(comment_id, (reference, [], []))
        if theme_id in families[0]:
            mine.append(stance)
        elif theme_id in families[1]:
            others.append(stance)
    return [
        WithBoth(key, reference, tuple(dict.fromkeys(mine)), tuple(dict.fromkeys(others)))
        for key, (reference, mine, others) in found.items()
    ]


def coded_since(operation_id: uuid.UUID, *, page: int, size: int) -> tuple[Sequence[CodedSince], int]:
    """Codings that officers made with the theme that stayed, between a merge and its undo."""
    operation = session.get_one(FrameOperation, operation_id)
    undo = session.get(FrameOperation, operation.undone_by_id) if operation.undone_by_id else None
    into = theme_with_code(operation.consultation_id, operation.details.get("into", ""))
    if undo is None or into is None:
        return [], 0
    query = (
        select(Coding.comment_id, Response.reference, Coding.stance, Officer.name)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(
            Coding.theme_id == into.id,
            standing_coding(),
            Coding.created_at > operation.created_at,
            Coding.created_at < undo.created_at,
        )
    )
    count = session.scalar(query.with_only_columns(func.count(Coding.id))) or 0
    rows = session.execute(query.order_by(Coding.id).limit(size).offset((page - 1) * size))
    return [CodedSince(*row) for row in rows], count
