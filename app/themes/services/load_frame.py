"""Loading a coding frame from the rows of a table: nets and, under each, its themes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import FrameOperationKind
from app.models import Consultation, FrameOperation, FrameOperationItem, Theme
from app.themes.frame_fields import kept
from app.themes.queries.frame import all_themes
from app.themes.refusals import FrameRefused
from app.themes.services.change_frame import keep_version

NEEDED = ("code", "group", "label", "definition")
SEPARATOR = ";"
LETTERS = re.compile(r"[^\W\d_]+")
FIRST_LINE = 2  # the heading is line 1


@dataclass(frozen=True)
class LoadedFrame:
    nets: int
    themes: int


def load_frame(
    rows: Sequence[Mapping[str, str]], *, consultation: Consultation, actor: Actor, now: datetime
) -> LoadedFrame:
    """Columns: code, group, label, definition and, if there, typical_stance, cue_words (; between), include,
    exclude, example. A group is a net. Raises FrameRefused with a line for each problem, and loads nothing.
    """
    taken = set(session.scalars(select(Theme.code).where(Theme.consultation_id == consultation.id)))
    if problems := list(_problems(rows, taken)):
        raise FrameRefused(problems)
    nets = _nets(rows, consultation, taken)
    session.add_all(nets.values())
    session.flush()
    themes = [_theme(row, place, nets[row["group"].strip()]) for place, row in enumerate(rows)]
    session.add_all(themes)
    session.flush()
    _log([*nets.values(), *themes], consultation, actor)
    record(
        "imported", actor=actor, now=now, subject="frame", consultation_id=consultation.id,
        details={"nets": len(nets), "themes": len(themes)},
    )  # fmt: skip
    return LoadedFrame(len(nets), len(themes))


def load_handling_codes(rows: Iterable[Mapping[str, str]], *, consultation: Consultation) -> None:
    """Handling codes are data of the consultation: code, label and what they are for."""
    codes = [{name: row.get(name, "") for name in ("code", "label", "note")} for row in rows]
    consultation.settings = {**consultation.settings, "handling_codes": codes}
    session.flush()


def _problems(rows: Sequence[Mapping[str, str]], taken: set[str]) -> Iterable[str]:
    if not rows:
        yield "the coding frame has no themes"
    seen = set(taken)
    for line, row in enumerate(rows, start=FIRST_LINE):
        for column in NEEDED:
            if not (row.get(column) or "").strip():
                yield f"line {line}: no {column}"
        code = (row.get("code") or "").strip()
        if code and code in seen:
            yield f'line {line}: the code "{code}" is there already'
        seen.add(code)


def _nets(rows: Sequence[Mapping[str, str]], consultation: Consultation, taken: set[str]) -> dict[str, Theme]:
    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(row["group"].strip(), []).append(row["code"].strip())
    used = taken | {code for codes in members.values() for code in codes}
    nets: dict[str, Theme] = {}
    for place, (label, codes) in enumerate(members.items()):
        code = _net_code(codes, used)
        used.add(code)
        nets[label] = Theme(
            consultation_id=consultation.id, is_net=True, code=code, label=label, position=place, cue_words=[]
        )
    return nets


def _net_code(codes: list[str], used: set[str]) -> str:
    """The letters its themes share, GEN for GEN01 and GEN02; NET1 and so on where they share none."""
    shared = {match.group() for code in codes if (match := LETTERS.match(code))}
    if len(shared) == 1 and not shared & used:
        return shared.pop()
    return next(code for n in range(1, len(used) + 2) if (code := f"NET{n}") not in used)


def _theme(row: Mapping[str, str], place: int, net: Theme) -> Theme:
    def field(name: str) -> str:
        return (row.get(name) or "").strip()

    return Theme(
        consultation_id=net.consultation_id,
        parent_id=net.id,
        code=field("code"),
        label=field("label"),
        definition=field("definition"),
        include=field("include"),
        exclude=field("exclude"),
        example=field("example"),
        typical_stance=field("typical_stance"),
        cue_words=[cue.strip() for cue in field("cue_words").split(SEPARATOR) if cue.strip()],
        position=place,
    )


def _log(themes: Sequence[Theme], consultation: Consultation, actor: Actor) -> None:
    version = keep_version(consultation.id, all_themes(consultation.id), actor=actor)
    operation = FrameOperation(
        consultation_id=consultation.id,
        kind=FrameOperationKind.IMPORT,
        officer_id=actor.officer_id,
        details={"name": "", "version": version.number, "themes": len([t for t in themes if not t.is_net])},
    )
    operation.items = [
        FrameOperationItem(theme_id=theme.id, before=None, after={**kept(theme), "version": theme.version})
        for theme in themes
    ]
    session.add(operation)
    session.flush()
