"""One theme becomes part of another. It is a pointer that reading resolves, so no coding is touched."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from app.accounts.actor import Actor
from app.enums import FrameOperationKind
from app.models import FrameOperation, Theme
from app.themes.frame_refusals import NotForSections, SameTheme
from app.themes.services.change_frame import FrameChange, codings_on, lock_frame, lock_going


def merge_themes(
    theme_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    into_id: uuid.UUID,
    seen: Mapping[uuid.UUID, int] | None = None,
    definition: str | None = None,
    actor: Actor,
    now: datetime,
) -> FrameOperation:
    """`seen`: the versions of the two that were previewed. `definition`: of the theme that stays, if it is
    another from now on. Raises ThemeChanged, ThemeGone, SameTheme, NotForSections, FrameSignedOff.
    """
    change = lock_frame(consultation_id)
    seen = seen or {}
    goes = change.in_use(theme_id, seen=seen.get(theme_id))
    stays = change.in_use(into_id, seen=seen.get(into_id))
    codings = point_to(change, goes, stays)
    change.touch(stays)
    if definition is not None:
        stays.definition = definition.replace("\r\n", "\n").strip()
    return change.finish(
        FrameOperationKind.MERGE, actor=actor, now=now, action="merged", name=goes.code, theme_id=goes.id,
        details={"into": stays.code, "codings": codings},
    )  # fmt: skip


def point_to(change: FrameChange, goes: Theme, stays: Theme) -> int:
    """How many codings count for the other from now on."""
    if goes.id == stays.id:
        raise SameTheme
    if goes.is_net or stays.is_net:
        raise NotForSections
    lock_going(goes)
    codings = codings_on(change.family(goes))
    change.touch(goes)
    goes.merged_into_id = stays.id
    return codings
