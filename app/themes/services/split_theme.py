"""Making several themes of one: each coding goes where the officer sorted it, with its officer and quotes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts.actor import Actor
from app.database import blocks, session
from app.enums import FrameOperationKind, Stance
from app.models import Coding, CodingQuote, FrameOperation, Theme
from app.themes.frame_refusals import CodingsElsewhere
from app.themes.services.add_theme import NewTheme, place_new
from app.themes.services.change_frame import FrameChange, lock_frame, lock_going
from app.themes.services.write_codings import lock_comments

Key = tuple[uuid.UUID, Stance, str]
Sorted = Mapping[uuid.UUID, frozenset[int]]


def split_theme(
    theme_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    parts: Sequence[NewTheme],
    places: Sorted,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> FrameOperation:
    """`places`: by coding the parts it goes to; one that is not there, or goes to none, stays in the
    original, which remains. A coding that an officer has removed meanwhile goes nowhere.

    Raises CodingsElsewhere when one is no longer of this theme, ThemeChanged, ThemeGone, FieldRefused.
    """
    change = lock_frame(consultation_id)
    theme = change.theme_in_use(theme_id, seen=seen)
    lock_comments(_comments(places))
    lock_going(theme)
    codings = _codings(places)
    family = set(change.family(theme))
    if any(coding.theme_id not in family for coding in codings):
        raise CodingsElsewhere
    change.touch(theme)
    made = [place_new(change, part) for part in parts]
    rooms = [_Rooms(change, part) for part in made]
    for coding in codings:
        _place(change, coding, [rooms[number] for number in sorted(places[coding.id])])
    return change.finish(
        FrameOperationKind.SPLIT, actor=actor, now=now, action="split", name=theme.code, theme_id=theme.id,
        details={"parts": [part.code for part in made], "codings": len(codings)},
    )  # fmt: skip


class _Rooms:
    """A part, with aliases of it where a comment has the same stance twice (two merged themes said it): both
    codings keep their rows, as no two of one comment, theme and stance may stand."""

    def __init__(self, change: FrameChange, part: Theme) -> None:
        self.change = change
        self.themes = [part]
        self.taken: list[set[Key]] = [set()]

    def room_for(self, coding: Coding) -> Theme:
        key = (coding.comment_id, coding.stance, coding.layer)
        for theme, taken in zip(self.themes, self.taken, strict=True):
            if key not in taken:
                taken.add(key)
                return theme
        self.themes.append(self._alias())
        self.taken.append({key})
        return self.themes[-1]

    def _alias(self) -> Theme:
        part = self.themes[0]
        return self.change.add(
            Theme(
                consultation_id=part.consultation_id, parent_id=part.parent_id, label=part.label,
                code=f"{part.code}.{len(self.themes) + 1}", position=part.position, cue_words=[],
                merged_into_id=part.id,
            )
        )  # fmt: skip


def _place(change: FrameChange, coding: Coding, rooms: Sequence[_Rooms]) -> None:
    copies = [(room.room_for(coding), _copy(coding)) for room in rooms[1:]]
    change.move(coding, rooms[0].room_for(coding))
    for theme, copy in copies:
        copy.theme_id = theme.id
        session.add(copy)
    session.flush()
    for theme, copy in copies:
        change.move(copy, theme, copied_from=coding)


def _copy(coding: Coding) -> Coding:
    """The same decision of the same officer, for a second theme."""
    return Coding(
        comment_id=coding.comment_id,
        stance=coding.stance,
        layer=coding.layer,
        officer_id=coding.officer_id,
        source=coding.source,
        batch_id=coding.batch_id,
        campaign_id=coding.campaign_id,
        created_at=coding.created_at,
        quotes=[CodingQuote(start=quote.start, end=quote.end) for quote in coding.quotes],
    )


def _comments(places: Sorted) -> set[uuid.UUID]:
    query = select(Coding.comment_id)
    return {
        key for block in blocks(_going(places)) for key in session.scalars(query.where(Coding.id.in_(block)))
    }


def _codings(places: Sorted) -> list[Coding]:
    query = select(Coding).options(selectinload(Coding.quotes)).execution_options(populate_existing=True)
    found: Iterable[Coding] = (
        coding
        for block in blocks(_going(places))
        for coding in session.scalars(query.where(Coding.id.in_(block), Coding.removed_at.is_(None)))
    )
    return sorted(found, key=lambda coding: coding.id)


def _going(places: Sorted) -> list[uuid.UUID]:
    return sorted(key for key, parts in places.items() if parts)
