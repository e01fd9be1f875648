"""Taking a theme or a section out of use. Codings never lose their theme: they go to another first."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.enums import FrameOperationKind
from app.models import FrameOperation, Theme
from app.themes.frame_refusals import StillCoded, StillHolds
from app.themes.queries.frame import in_use
from app.themes.services.change_frame import FrameChange, codings_on, lock_frame, lock_going
from app.themes.services.merge_themes import point_to


def retire_theme(
    theme_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    goes_to: uuid.UUID | None = None,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> FrameOperation:
    """`goes_to`: the theme that its codings count for from then on. Raises StillCoded without one,
    StillHolds, SameTheme, NotForSections, ThemeChanged, ThemeGone, FrameSignedOff.
    """
    change = lock_frame(consultation_id)
    theme = change.in_use(theme_id, seen=seen)
    details: dict[str, object] = {}
    if goes_to is not None:
        stays = change.in_use(goes_to)
        codings = point_to(change, theme, stays)
        change.touch(stays)
        details = {"into": stays.code, "codings": codings}
    else:
        take_out(change, theme, now=now)
    return change.finish(
        FrameOperationKind.RETIRE, actor=actor, now=now, action="retired", name=theme.code,
        theme_id=theme.id, details=details,
    )  # fmt: skip


def take_out(change: FrameChange, theme: Theme, *, now: datetime) -> None:
    """Raises StillCoded or StillHolds."""
    if theme.is_net:
        if held := [one for one in in_use(change.themes.values()) if one.parent_id == theme.id]:
            raise StillHolds(theme.code, len(held))
    else:
        lock_going(theme)
        if codings := codings_on(change.family(theme)):
            raise StillCoded(theme.code, codings)
    change.touch(theme)
    theme.retired_at = now
