"""How every change of the frame is made: one at a time in a consultation, and kept so that it can be undone.

Order of locks: the consultation's row, then comments, then at most one theme that goes. Coders lock comments,
then the themes they use; nobody waits in a circle (decision 0200).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import blocks, session
from app.enums import FrameOperationKind
from app.models import Coding, Consultation, FrameOperation, FrameOperationItem, FrameVersion, SignOff, Theme
from app.themes.frame_fields import kept, restored
from app.themes.frame_refusals import FieldRefused, FrameSignedOff, NotForSections, ThemeChanged, ThemeGone
from app.themes.queries.frame import all_themes, resolved
from app.themes.refusals import ThemeNotInFrame


@dataclass
class FrameChange:
    """The frame in hand: nobody else changes it until the transaction ends."""

    consultation_id: uuid.UUID
    themes: dict[uuid.UUID, Theme]
    before: dict[uuid.UUID, dict[str, Any] | None] = field(default_factory=dict)
    moved: list[dict[str, Any]] = field(default_factory=list)

    def in_use(self, theme_id: uuid.UUID | None, *, seen: int | None = None) -> Theme:
        """Raises ThemeNotInFrame, ThemeGone, or ThemeChanged when it is not the version that was seen."""
        theme = self.themes.get(theme_id) if theme_id else None
        if theme is None:
            raise ThemeNotInFrame
        if theme.merged_into_id is not None:
            raise ThemeGone(theme.code, into=resolved(self.themes.values())[theme.id].code)
        if theme.retired_at is not None:
            raise ThemeGone(theme.code)
        if seen is not None and theme.version != seen:
            raise ThemeChanged(theme.id, theme.code)
        return theme

    def theme_in_use(self, theme_id: uuid.UUID | None, *, seen: int | None = None) -> Theme:
        """As `in_use`. Raises NotForSections too."""
        theme = self.in_use(theme_id, seen=seen)
        if theme.is_net:
            raise NotForSections
        return theme

    def chosen_to_go_into(self, theme_id: uuid.UUID | None) -> Theme:
        """As `theme_in_use`. Raises FieldRefused where none was chosen."""
        if theme_id is None:
            raise FieldRefused("into", "Choose the theme that it goes into")
        return self.theme_in_use(theme_id)

    def family(self, theme: Theme) -> list[uuid.UUID]:
        """All whose codings count for it."""
        return [key for key, end in resolved(self.themes.values()).items() if end.id == theme.id]

    def touch(self, theme: Theme) -> Theme:
        """Before it is changed, or where the operation rests on it."""
        self.before.setdefault(theme.id, kept(theme))
        return theme

    def add(self, theme: Theme) -> Theme:
        session.add(theme)
        session.flush()
        self.themes[theme.id] = theme
        self.before[theme.id] = None
        return theme

    def restore(self, theme: Theme, values: Mapping[str, Any]) -> None:
        self.touch(theme)
        for name, value in restored(values).items():
            setattr(theme, name, value)

    def move(self, coding: Coding, to: Theme, *, copied_from: Coding | None = None) -> None:
        """`copied_from`: the coding is new, and stands beside the one that it repeats."""
        before = {"copy_of": str(copied_from.id)} if copied_from else {"theme": str(coding.theme_id)}
        coding.theme_id = to.id
        self.moved.append(
            {"theme_id": to.id, "coding_id": coding.id, "before": before, "after": {"theme": str(to.id)}}
        )

    def finish(
        self,
        kind: FrameOperationKind,
        *,
        actor: Actor,
        now: datetime,
        action: str,
        name: str = "",
        theme_id: uuid.UUID | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> FrameOperation:
        session.flush()
        version = keep_version(self.consultation_id, self.themes.values(), actor=actor)
        operation = FrameOperation(
            consultation_id=self.consultation_id,
            kind=kind,
            officer_id=actor.officer_id,
            details={"name": name, "version": version.number, **(details or {})},
        )
        session.add(operation)
        session.flush()
        session.add_all(self._items(operation.id))
        _insert_items(operation.id, self.moved)
        record(
            action, actor=actor, now=now, subject="theme" if theme_id else "frame", subject_id=theme_id,
            subject_name=name, consultation_id=self.consultation_id,
            details={"operation": str(operation.id), **(details or {})},
        )  # fmt: skip
        session.flush()
        return operation

    def _items(self, operation_id: uuid.UUID) -> Iterable[FrameOperationItem]:
        for theme_id, before in self.before.items():
            theme = self.themes[theme_id]
            after = kept(theme)
            changed = {name for name in after if before is None or before[name] != after[name]}
            yield FrameOperationItem(
                operation_id=operation_id,
                theme_id=theme_id,
                before=None if before is None else {name: before[name] for name in sorted(changed)},
                after={**{name: after[name] for name in sorted(changed)}, "version": theme.version},
            )


def lock_frame(consultation_id: uuid.UUID) -> FrameChange:
    """Raises FrameSignedOff."""
    locked = select(Consultation.id).where(Consultation.id == consultation_id)
    session.execute(locked.with_for_update(key_share=True))
    signed = select(SignOff.id).where(
        SignOff.consultation_id == consultation_id, SignOff.reopened_at.is_(None)
    )
    if session.scalar(signed.limit(1)) is not None:
        raise FrameSignedOff
    return FrameChange(
        consultation_id, {theme.id: theme for theme in all_themes(consultation_id, fresh=True)}
    )


def lock_going(theme: Theme) -> None:
    """Waits for officers who are coding with it, and lets later ones wait to be told what it became."""
    session.execute(select(Theme.id).where(Theme.id == theme.id).with_for_update())


def codings_on(theme_ids: Sequence[uuid.UUID]) -> int:
    """In every layer: a blind sample's codings need their theme too."""
    query = select(func.count(Coding.id)).where(Coding.theme_id.in_(theme_ids), Coding.removed_at.is_(None))
    return session.scalar(query) or 0


def keep_version(consultation_id: uuid.UUID, themes: Iterable[Theme], *, actor: Actor) -> FrameVersion:
    """The whole frame as it is now, under the next number. Each operation makes one."""
    newest = select(func.max(FrameVersion.number)).where(FrameVersion.consultation_id == consultation_id)
    rows = [{"id": str(theme.id), **kept(theme)} for theme in themes]
    version = FrameVersion(
        consultation_id=consultation_id,
        number=(session.scalar(newest) or 0) + 1,
        snapshot={"themes": rows},
        officer_id=actor.officer_id,
    )
    session.add(version)
    session.flush()
    return version


def _insert_items(operation_id: uuid.UUID, moved: Sequence[Mapping[str, Any]]) -> None:
    for block in blocks(moved):
        session.execute(insert(FrameOperationItem), [{"operation_id": operation_id, **row} for row in block])
