"""Where a theme stands in the frame: its code, its section and its place there."""

import re
import uuid
from collections import Counter
from collections.abc import Iterable

from app.models import Theme
from app.themes.frame_fields import CODE
from app.themes.frame_refusals import FieldRefused
from app.themes.queries.frame import in_use, sections_in_use
from app.themes.services.change_frame import FrameChange

NUMBERED = re.compile(r"(.*?)(\d+)")


def section_of(change: FrameChange, section_id: uuid.UUID | None) -> Theme | None:
    """None: under no section. Raises FieldRefused."""
    if section_id is None:
        return None
    section = change.themes.get(section_id)
    if section is None or not section.is_net or section.retired_at is not None:
        raise FieldRefused("section_id", "Choose a section of the frame")
    return section


def place_in(change: FrameChange, section: Theme | None) -> int:
    """Behind the others; between equal places the code decides, so other sections need not move."""
    return max((one.position for one in _members(change, section)), default=_last(change))


def free_code(change: FrameChange, given: str, section: Theme | None, *, is_net: bool = False) -> str:
    """As given, or the next number of its section. Codes of merged and retired themes stay theirs, so that an
    old code never means two things. Raises FieldRefused."""
    taken = {theme.code.casefold(): theme for theme in change.themes.values()}
    if given:
        if not CODE.fullmatch(given):
            raise FieldRefused("code", "Use up to 20 letters, numbers, hyphens and underscores for the code")
        if given.casefold() in taken:
            raise FieldRefused("code", f"The code {taken[given.casefold()].code} is or was another theme's")
        return given
    stem, width = _stem(change, section, is_net=is_net)
    matches = (NUMBERED.fullmatch(theme.code) for theme in change.themes.values())
    used = [int(match[2]) for match in matches if match and match[1].casefold() == stem.casefold()]
    return f"{stem}{max(used, default=0) + 1:0{width}}"


def unlike_others(change: FrameChange, label: str, *, of: Theme | None) -> str:
    """Raises FieldRefused: a label that says nothing, or that another theme has."""
    label = " ".join(label.split())
    if not label:
        raise FieldRefused("label", "Enter a label")
    others = [*in_use(change.themes.values()), *sections_in_use(change.themes.values())]
    same = next((one for one in others if one is not of and one.label.casefold() == label.casefold()), None)
    if same is not None and (of is None or same.is_net == of.is_net):
        raise FieldRefused("label", f"{same.code} has this label already")
    return label


def _members(change: FrameChange, section: Theme | None) -> Iterable[Theme]:
    wanted = section.id if section else None
    return [one for one in in_use(change.themes.values()) if one.parent_id == wanted]


def _last(change: FrameChange) -> int:
    return max((one.position for one in change.themes.values() if not one.is_net), default=-1) + 1


def _stem(change: FrameChange, section: Theme | None, *, is_net: bool) -> tuple[str, int]:
    if is_net:
        return "SEC", 1
    matches = (NUMBERED.fullmatch(one.code) for one in _members(change, section))
    stems = Counter((match[1], len(match[2])) for match in matches if match)
    if stems:
        return stems.most_common(1)[0][0]
    return (section.code, 2) if section else ("T", 2)
