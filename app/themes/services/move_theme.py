import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.enums import FrameOperationKind
from app.models import FrameOperation
from app.themes.frame_refusals import FieldRefused
from app.themes.services.change_frame import lock_frame
from app.themes.services.edit_theme import move_to_section


def move_theme(
    theme_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    section_id: uuid.UUID | None,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> FrameOperation:
    """Raises a Refusal: FieldRefused where it stands there already, ThemeChanged, ThemeGone."""
    change = lock_frame(consultation_id)
    theme = change.theme_in_use(theme_id, seen=seen)
    if not move_to_section(change, theme, section_id):
        raise FieldRefused("section_id", f"{theme.code} stands there already. Choose another section")
    section = change.themes[section_id].code if section_id else ""
    return change.finish(
        FrameOperationKind.MOVE, actor=actor, now=now, action="moved", name=theme.code, theme_id=theme.id,
        details={"section": section},
    )  # fmt: skip
