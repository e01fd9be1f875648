"""What was done to the frame, newest first, and whether each step can still be taken back."""

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.database import session
from app.enums import FrameOperationKind
from app.models import Coding, FrameOperation, FrameOperationItem, Officer, Theme

DONE = {
    FrameOperationKind.ADD: "added to the frame",
    FrameOperationKind.EDIT: "edited",
    FrameOperationKind.RENAME: "renamed",
    FrameOperationKind.MOVE: "moved",
    FrameOperationKind.MERGE: "merged",
    FrameOperationKind.SPLIT: "split",
    FrameOperationKind.RETIRE: "taken out of use",
    FrameOperationKind.IMPORT: "changed by an import",
    FrameOperationKind.UNDO: "undone",
}
ROOTS = ("parent_id", "merged_into_id")
_by, _undoing, _undone_by = aliased(Officer), aliased(FrameOperation), aliased(Officer)


@dataclass
class Step:
    """An operation that stands, with the themes that it changed, made, and points to."""

    id: uuid.UUID
    kind: FrameOperationKind
    themes: set[uuid.UUID] = field(default_factory=set)
    made: set[uuid.UUID] = field(default_factory=set)
    named: set[uuid.UUID] = field(default_factory=set)  # as section, or as what another is part of
    needed: set[uuid.UUID] = field(default_factory=set)  # sections that must be there for it to be undone


@dataclass(frozen=True, kw_only=True)
class FrameStep:
    """`why_not`: the reason why it cannot be undone, in words; None when it can, or has been."""

    id: uuid.UUID
    kind: FrameOperationKind
    name: str
    officer: str | None
    at: datetime
    details: Mapping[str, Any]
    before: Mapping[str, Any]  # of the theme that the step is about
    after: Mapping[str, Any]
    undone_at: datetime | None
    undone_by: str | None
    why_not: str | None

    @property
    def may_be_undone(self) -> bool:
        return self.undone_at is None and self.why_not is None


def frame_steps(consultation_id: uuid.UUID, *, page: int, size: int) -> tuple[list[FrameStep], int]:
    standing = steps_that_stand(consultation_id)
    codes, coded = codes_of(consultation_id), coded_themes(consultation_id)
    query = _steps(consultation_id).order_by(FrameOperation.id.desc())
    rows = session.execute(query.limit(size).offset((page - 1) * size)).all()
    changed = _changed([row[0] for row in rows])
    return [_step(row, standing, codes, coded, changed) for row in rows], _count(consultation_id)


def frame_step(consultation_id: uuid.UUID, operation_id: uuid.UUID) -> FrameStep | None:
    row = session.execute(_steps(consultation_id).where(FrameOperation.id == operation_id)).first()
    if row is None:
        return None
    standing, codes = steps_that_stand(consultation_id), codes_of(consultation_id)
    return _step(row, standing, codes, coded_themes(consultation_id), _changed([row[0]]))


def steps_that_stand(consultation_id: uuid.UUID) -> list[Step]:
    """In their order, without undos and what they undid."""
    operations = select(FrameOperation.id, FrameOperation.kind, FrameOperation.details).where(
        FrameOperation.consultation_id == consultation_id,
        FrameOperation.undone_by_id.is_(None),
        FrameOperation.kind != FrameOperationKind.UNDO,
    )
    # By the version that each made: the clocks of two hosts may differ.
    rows = sorted(session.execute(operations), key=lambda row: (row.details.get("version", 0), row.id))
    found = {row.id: Step(row.id, row.kind) for row in rows}
    items = (
        select(FrameOperationItem, Theme.parent_id)
        .join(FrameOperation, FrameOperation.id == FrameOperationItem.operation_id)
        .join(Theme, Theme.id == FrameOperationItem.theme_id)
        .where(FrameOperation.consultation_id == consultation_id, FrameOperationItem.coding_id.is_(None))
    )
    for item, section_id in session.execute(items):
        if (step := found.get(item.operation_id)) is not None:
            _note(step, item, section_id)
    return list(found.values())


def why_not(
    operation_id: uuid.UUID,
    standing: Sequence[Step],
    codes: Mapping[uuid.UUID, str],
    coded: Set[uuid.UUID],
) -> str | None:
    """What rests on this step, in words: the newest later step, or comments coded with what it made."""
    at = next((n for n, step in enumerate(standing) if step.id == operation_id), None)
    if at is None:
        return "Cannot be undone."
    step = standing[at]
    for later in reversed(standing[at + 1 :]):
        if changed := _changed_by(step, later):
            were = "was" if len(changed) == 1 else "were"
            said = f"{_first(changed, codes)} {were} {DONE[later.kind]} afterwards"
            return f"Cannot be undone: {said}. Undo that first."
        if made := step.made & later.named:
            return f"Cannot be undone: a later change needs {_first(made, codes)}. Undo that first."
    # The parts of a split give their codings back to the theme that was split.
    if step.kind is not FrameOperationKind.SPLIT and (held := step.made & coded):
        return f"Cannot be undone: comments are coded with {_first(held, codes)}. Merge or retire the theme."
    return None


def coded_themes(consultation_id: uuid.UUID) -> set[uuid.UUID]:
    """In every layer: a blind sample's codings need their theme too."""
    query = select(Theme.id).where(
        Theme.consultation_id == consultation_id,
        exists().where(Coding.theme_id == Theme.id, Coding.removed_at.is_(None)),
    )
    return set(session.scalars(query))


def codes_of(consultation_id: uuid.UUID) -> dict[uuid.UUID, str]:
    query = select(Theme.id, Theme.code).where(Theme.consultation_id == consultation_id)
    return {key: code for key, code in session.execute(query)}


def _changed_by(step: Step, later: Step) -> set[uuid.UUID]:
    gone = step.needed & later.themes if later.kind is FrameOperationKind.RETIRE else set()
    return (step.themes & later.themes) or gone


def _first(themes: set[uuid.UUID], codes: Mapping[uuid.UUID, str]) -> str:
    named = sorted(codes[key] for key in themes)
    return named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more"


def _note(step: Step, item: FrameOperationItem, section_id: uuid.UUID | None) -> None:
    step.themes.add(item.theme_id)
    if item.before is None:
        step.made.add(item.theme_id)
    before, after = item.before or {}, item.after or {}
    step.named |= {uuid.UUID(after[name]) for name in ROOTS if after.get(name)}
    step.needed |= {uuid.UUID(before[name]) for name in ROOTS if before.get(name)}
    if section_id is not None and "parent_id" not in before:
        step.needed.add(section_id)


def _steps(consultation_id: uuid.UUID) -> Any:
    return (
        select(FrameOperation, _by.name, _undoing.created_at, _undone_by.name)
        .outerjoin(_by, _by.id == FrameOperation.officer_id)
        .outerjoin(_undoing, _undoing.id == FrameOperation.undone_by_id)
        .outerjoin(_undone_by, _undone_by.id == _undoing.officer_id)
        .where(
            FrameOperation.consultation_id == consultation_id, FrameOperation.kind != FrameOperationKind.UNDO
        )
    )


Changed = Mapping[uuid.UUID, FrameOperationItem]


def _changed(operations: Sequence[FrameOperation]) -> Changed:
    """By operation, what it did to the theme that it is named after."""
    names = {one.id: one.details.get("name") for one in operations}
    query = (
        select(FrameOperationItem, Theme.code)
        .join(Theme, Theme.id == FrameOperationItem.theme_id)
        .where(FrameOperationItem.operation_id.in_(list(names)), FrameOperationItem.coding_id.is_(None))
    )
    return {
        item.operation_id: item for item, code in session.execute(query) if names[item.operation_id] == code
    }


def _step(
    row: Any,
    standing: Sequence[Step],
    codes: Mapping[uuid.UUID, str],
    coded: Set[uuid.UUID],
    changed: Changed,
) -> FrameStep:
    operation, officer, undone_at, undone_by = row
    item = changed.get(operation.id)
    return FrameStep(
        id=operation.id,
        kind=operation.kind,
        name=operation.details.get("name", ""),
        officer=officer,
        at=operation.created_at,
        details=operation.details,
        before=_named(item.before, codes) if item else {},
        after=_named(item.after, codes) if item else {},
        undone_at=undone_at,
        undone_by=undone_by,
        why_not=None if undone_at else why_not(operation.id, standing, codes, coded),
    )


def _named(values: Mapping[str, Any] | None, codes: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """With the codes of sections in place of their ids."""
    said = dict(values or {})
    for name in ROOTS:
        if said.get(name):
            said[name] = codes.get(uuid.UUID(said[name]), "")
    return said


def _count(consultation_id: uuid.UUID) -> int:
    query = select(func.count(FrameOperation.id)).where(
        FrameOperation.consultation_id == consultation_id, FrameOperation.kind != FrameOperationKind.UNDO
    )
    return session.scalar(query) or 0
