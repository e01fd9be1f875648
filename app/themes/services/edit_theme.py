"""Changing what the frame says of a theme. The second of two officers is told, and keeps what they typed."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.themes import theme_count
from app.enums import FrameOperationKind
from app.models import FrameOperation, Theme
from app.themes.frame_fields import WRITTEN
from app.themes.services.change_frame import FrameChange, lock_frame
from app.themes.services.place_theme import place_in, section_of, unlike_others
from app.themes.services.read_again import ask_to_read_again, lock_coded


def edit_theme(
    theme_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    seen: int,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    read_again: bool = False,
) -> FrameOperation | None:
    """`given`: fields by name, "section_id" among them; `seen`: the version that they were typed over.
    None when nothing changed. `read_again`: if it did, the comments coded with it are to be read once more.

    Raises ThemeChanged, ThemeGone, FieldRefused, FrameSignedOff.
    """
    change = lock_frame(consultation_id)
    theme = change.in_use(theme_id, seen=seen)
    if read_again:  # comments come before themes in the order of locks
        lock_coded(change.family(theme))
    changed = _write(change, theme, given)
    if not changed:
        return None
    details: dict[str, Any] = {"fields": sorted(changed)}
    if read_again:
        details |= _ask(change, theme, actor=actor, now=now)
    kind = FrameOperationKind.RENAME if changed == {"label"} else FrameOperationKind.EDIT
    action = "renamed" if kind is FrameOperationKind.RENAME else "edited"
    return change.finish(
        kind, actor=actor, now=now, action=action, name=theme.code, theme_id=theme.id,
        details=details,
    )  # fmt: skip


def _ask(change: FrameChange, theme: Theme, *, actor: Actor, now: datetime) -> dict[str, Any]:
    ask_to_read_again(change.family(theme), now=now)
    coded = theme_count(change.consultation_id, theme.code)
    comments = coded.comments if coded else 0
    record(
        "asked to read again", actor=actor, now=now, subject="theme", subject_id=theme.id,
        subject_name=theme.code, consultation_id=change.consultation_id, details={"comments": comments},
    )  # fmt: skip
    return {"read_again": comments, "asked_at": now.isoformat()}


def move_to_section(change: FrameChange, theme: Theme, section_id: uuid.UUID | None) -> bool:
    section = section_of(change, section_id)
    if theme.is_net or theme.parent_id == section_id:
        return False
    change.touch(theme)
    theme.position = place_in(change, section)
    theme.parent_id = section.id if section else None
    return True


def write_fields(change: FrameChange, theme: Theme, values: Mapping[str, Any]) -> set[str]:
    """The names of those that are other than before."""
    changed = {name for name, value in values.items() if getattr(theme, name) != value}
    if changed:
        change.touch(theme)
    for name in changed:
        setattr(theme, name, values[name])
    return changed


def _write(change: FrameChange, theme: Theme, given: Mapping[str, Any]) -> set[str]:
    values = {name: _clean(given[name]) for name in WRITTEN if name in given}
    if "label" in values:
        values["label"] = unlike_others(change, values["label"], of=theme)
    changed = write_fields(change, theme, values)
    if "section_id" in given and move_to_section(change, theme, given["section_id"]):
        changed.add("section")
    return changed


def _clean(value: Any) -> Any:
    """As text is kept everywhere: line breaks of one kind."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else list(value)
