"""What an officer wants one comment to have, as the reading screen sends it: nothing here is a row yet."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from app.enums import DispositionValue, Stance
from app.themes.quotes import Span


@dataclass(frozen=True, kw_only=True)
class WantedTheme:
    """`key`: its place in the form, the code, with ".2" for a second stance. No quote: the suggestion's span,
    or else the whole comment."""

    key: str
    code: str
    stance: Stance | None = None
    quotes: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`stood`: the comment as the page showed it when it was opened (`state_of`); `handling_shown`: the marks
    that were ticked then."""

    stood: str
    themes: tuple[WantedTheme, ...] = ()
    outcome: DispositionValue | None = None
    refers_to: uuid.UUID | None = None
    note: str = ""
    handling: tuple[str, ...] = field(default=())
    handling_shown: tuple[str, ...] = field(default=())


def as_draft(wanted: Wanted) -> dict[str, Any]:
    return {
        "stood": wanted.stood,
        "themes": [
            {
                "key": one.key,
                "code": one.code,
                "stance": one.stance.value if one.stance else None,
                "quotes": [list(span) for span in one.quotes],
            }
            for one in wanted.themes
        ],
        "outcome": wanted.outcome.value if wanted.outcome else None,
        "refers_to": str(wanted.refers_to) if wanted.refers_to else None,
        "note": wanted.note,
        "handling": list(wanted.handling),
        "handling_shown": list(wanted.handling_shown),
    }


def from_draft(draft: dict[str, Any]) -> Wanted:
    return Wanted(
        stood=draft["stood"],
        themes=tuple(
            WantedTheme(
                key=one["key"],
                code=one["code"],
                stance=Stance(one["stance"]) if one["stance"] else None,
                quotes=tuple((start, end) for start, end in one["quotes"]),
            )
            for one in draft["themes"]
        ),
        outcome=DispositionValue(draft["outcome"]) if draft["outcome"] else None,
        refers_to=uuid.UUID(draft["refers_to"]) if draft["refers_to"] else None,
        note=draft["note"],
        handling=tuple(draft["handling"]),
        handling_shown=tuple(draft.get("handling_shown", ())),
    )
