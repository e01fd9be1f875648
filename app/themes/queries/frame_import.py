"""What rows of a frame would change here, before anything is changed."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.models import Theme
from app.themes.files.frame_file import CUES, TEXTS, FrameRow
from app.themes.frame_fields import CODE
from app.themes.queries.frame import all_themes, in_use, resolved, sections_in_use

LONGEST_LABEL: Final = 120
LETTERS: Final = re.compile(r"[A-Za-z]+")
NO_LABEL = "There is no label."
LONG_LABEL = "The label is longer than 120 characters."
BAD_CODE = "The code must have up to 20 letters, numbers, hyphens and underscores."
AGAIN = "The code {} is in row {} already."
SAME_LABEL = "{} has this label already."
MERGED = "{} is part of {} by now."
OTHER_LEVEL = "{} is a {} here."
NO_SECTION = "There is no net {} here or in the file. Add a row for it, with net as its level."


@dataclass(frozen=True)
class Field:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """`theme`: what stands there; None for a new one. `section`: the code or label of where it goes, "" for
    no section, None where it stays."""

    row: FrameRow
    theme: Theme | None
    section: str | None
    fields: tuple[Field, ...] = ()
    back: bool = False  # it is out of use now


@dataclass(frozen=True)
class RefusedRow:
    line: int
    why: str


@dataclass
class FrameReport:
    """`sections`: labels of sections that no row describes, but rows stand under. `digest` stands for exactly
    these changes."""

    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.changed)

    @property
    def digest(self) -> str:
        said: list[Any] = [self.sections]
        for one in (*self.added, *self.changed):
            before = [[field.name, field.before] for field in one.fields]
            said.append([one.row.as_json(), one.section, before, one.back, one.theme is None])
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@dataclass
class _Here:
    themes: Mapping[str, Theme]  # by code, folded
    ids: Mapping[uuid.UUID, Theme]
    survivors: Mapping[uuid.UUID, Theme]
    labels: dict[tuple[str, bool], str]  # of themes and of sections: whose label it is, or will be
    sections: dict[str, str]  # by folded code: the code
    by_label: dict[str, str]  # by folded label: the code, or the label of one that would be made


def frame_report(consultation_id: uuid.UUID, rows: Sequence[FrameRow]) -> FrameReport:
    return plan(all_themes(consultation_id), rows)


def plan(themes: Iterable[Theme], rows: Sequence[FrameRow]) -> FrameReport:
    here, report = _here(list(themes)), FrameReport()
    lines: dict[str, int] = {}
    for row in sorted(rows, key=lambda one: not one.is_section):  # so that themes find the sections
        key = row.code.casefold()
        why = AGAIN.format(row.code, lines[key]) if key in lines else _refusal(row, here)
        lines.setdefault(key, row.line)
        if why is None:
            why = _place(row, here, report)
        if why is not None:
            report.refused.append(RefusedRow(row.line, why))
    for changes in (report.refused, report.added, report.changed):
        changes.sort(key=lambda one: one.line if isinstance(one, RefusedRow) else one.row.line)
    return report


def _here(themes: list[Theme]) -> _Here:
    used = [*in_use(themes), *sections_in_use(themes)]
    nets = [theme for theme in used if theme.is_net]
    return _Here(
        themes={theme.code.casefold(): theme for theme in themes},
        ids={theme.id: theme for theme in themes},
        survivors=resolved(themes),
        labels={(theme.label.casefold(), theme.is_net): theme.code for theme in used},
        sections={theme.code.casefold(): theme.code for theme in nets},
        by_label={theme.label.casefold(): theme.code for theme in nets},
    )


def _refusal(row: FrameRow, here: _Here) -> str | None:
    theme = here.themes.get(row.code.casefold())
    label = row.values["label"]
    if theme is None and not CODE.fullmatch(row.code):
        return BAD_CODE
    if not label:
        return NO_LABEL
    if len(label) > LONGEST_LABEL:
        return LONG_LABEL
    if theme is not None and theme.merged_into_id is not None:
        return MERGED.format(theme.code, here.survivors[theme.id].code)
    if theme is not None and theme.is_net != row.is_section:
        return OTHER_LEVEL.format(theme.code, "net" if theme.is_net else "theme")
    holder = here.labels.get((label.casefold(), row.is_section), row.code)
    if holder.casefold() != row.code.casefold():
        return SAME_LABEL.format(holder)
    return None


def _place(row: FrameRow, here: _Here, report: FrameReport) -> str | None:
    """Into the report, or why not."""
    section = _section(row, here, report)
    if section is None and row.section:
        return NO_SECTION.format(row.section)
    theme = here.themes.get(row.code.casefold())
    here.labels[row.values["label"].casefold(), row.is_section] = row.code
    if row.is_section:
        here.sections[row.code.casefold()] = theme.code if theme else row.code
        here.by_label[row.values["label"].casefold()] = theme.code if theme else row.code
    if theme is None:
        report.added.append(Planned(row, None, section or ""))
        return None
    back = theme.retired_at is not None
    parent = here.ids[theme.parent_id].code if theme.parent_id else ""
    fields = list(_fields(row, theme))
    goes = section if section is not None and section != parent else None
    if goes is not None:
        fields.append(Field("section", parent, goes))
    if fields or back:
        report.changed.append(Planned(row, theme, goes, tuple(fields), back))
    else:
        report.same += 1
    return None


def _section(row: FrameRow, here: _Here, report: FrameReport) -> str | None:
    """The code of the section, or the label of one that would be made; "" for none; None for unknown."""
    if not row.section:
        return row.section
    key = row.section.casefold()
    if not row.names_section:
        return here.sections.get(key)
    if key not in here.by_label:
        here.by_label[key] = row.section
        report.sections.append(row.section)
    return here.by_label[key]


def _fields(row: FrameRow, theme: Theme) -> Iterable[Field]:
    for name in ("label", *TEXTS, CUES):
        if name in row.values:
            before, after = getattr(theme, name), row.values[name]
            if before != after:
                yield Field(name, _said(before), _said(after))


def _said(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def section_code(label: str, rows: Iterable[FrameRow], taken: Iterable[str]) -> str:
    """The letters that its themes share, GEN for GEN01 and GEN02; "" where they share none."""
    found = {
        match.group()
        for row in rows
        if row.names_section and (row.section or "").casefold() == label.casefold()
        if (match := LETTERS.match(row.code))
    }
    code = found.pop() if len(found) == 1 else ""
    return "" if code.casefold() in {one.casefold() for one in taken} else code
