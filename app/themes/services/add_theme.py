import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.actor import Actor
from app.enums import FrameOperationKind
from app.models import FrameOperation, Theme
from app.themes.services.change_frame import FrameChange, lock_frame
from app.themes.services.place_theme import free_code, place_in, section_of, unlike_others


@dataclass(frozen=True, kw_only=True)
class NewTheme:
    """No code: the next of its section. `is_section`: it holds themes and has no codings."""

    label: str
    section_id: uuid.UUID | None = None
    code: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    support_means: str = ""
    typical_stance: str = ""
    cue_words: Sequence[str] = field(default=())
    is_section: bool = False


def add_theme(
    new: NewTheme,
    *,
    consultation_id: uuid.UUID,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> tuple[Theme, FrameOperation]:
    """Raises FieldRefused, FrameSignedOff."""
    change = lock_frame(consultation_id)
    theme = place_new(change, new)
    operation = change.finish(
        FrameOperationKind.ADD, actor=actor, now=now, action="added", name=theme.code, theme_id=theme.id,
        details=details,
    )  # fmt: skip
    return theme, operation


def place_new(change: FrameChange, new: NewTheme) -> Theme:
    section = None if new.is_section else section_of(change, new.section_id)
    label = unlike_others(change, new.label, of=None)
    return change.add(
        Theme(
            consultation_id=change.consultation_id,
            parent_id=section.id if section else None,
            is_net=new.is_section,
            code=free_code(change, new.code.strip(), section, is_net=new.is_section),
            label=label,
            definition=new.definition.strip(),
            include=new.include.strip(),
            exclude=new.exclude.strip(),
            example=new.example.strip(),
            support_means=new.support_means.strip(),
            typical_stance=new.typical_stance,
            cue_words=list(new.cue_words),
            position=_last_section(change) if new.is_section else place_in(change, section),
        )
    )


def _last_section(change: FrameChange) -> int:
    return max((one.position for one in change.themes.values() if one.is_net), default=-1) + 1
