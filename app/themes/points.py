"""A comment cut into numbered points for reading: its sentences and lines, all of its text.

Only a way to name a part of it: the engine cuts more finely, and the web does not load it.
"""

import re

from app.themes.quotes import Span

_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[A-Z0-9\"'“‘(\[£])|\n+")
_SHORT = 25  # characters: a shorter piece goes with the one before it


def points_of(text: str) -> list[Span]:
    """In order, end to start without a gap."""
    starts = [0, *(found.end() for found in _ENDS.finditer(text) if found.end() < len(text))]
    kept = [0]
    for at, start in enumerate(starts[1:], start=1):
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        if start - kept[-1] >= _SHORT and end - start >= _SHORT:
            kept.append(start)
    return list(zip(kept, [*kept[1:], len(text)], strict=True))
