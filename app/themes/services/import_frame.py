"""Bringing a frame in, as one step of its history: what the report said, or nothing."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from app.accounts.actor import Actor
from app.enums import FrameOperationKind
from app.models import FrameOperation
from app.themes.files.frame_file import FrameRow
from app.themes.frame_refusals import FrameImportChanged
from app.themes.queries.frame_import import FrameReport, Planned, plan, section_code
from app.themes.services.add_theme import NewTheme, place_new
from app.themes.services.change_frame import FrameChange, lock_frame
from app.themes.services.edit_theme import move_to_section, write_fields


def import_frame(
    rows: Sequence[FrameRow], *, digest: str, consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> FrameOperation | None:
    """None: there was nothing to change. Raises FrameImportChanged when it would do other than the report
    said, FieldRefused or FrameSignedOff."""
    change = lock_frame(consultation_id)
    report = plan(change.themes.values(), rows)
    if report.digest != digest:
        raise FrameImportChanged
    if not report.changes:
        return None
    sections = _sections(change, report, rows)
    for one in report.changed:
        _change(change, one, sections)
    for one in report.added:
        if not one.row.is_section:
            _add(change, one, sections)
    themes = sum(not one.row.is_section for one in report.added)
    return change.finish(
        FrameOperationKind.IMPORT, actor=actor, now=now, action="imported into",
        details={
            "themes": themes,
            "sections": len(report.added) - themes + len(report.sections),
            "changed": len(report.changed),
        },
    )  # fmt: skip


def _sections(change: FrameChange, report: FrameReport, rows: Sequence[FrameRow]) -> dict[str, uuid.UUID]:
    """By code, and by label those that no row describes."""
    for one in report.added:
        if one.row.is_section:
            _add(change, one, {})
    made = {}
    for label in report.sections:
        taken = [*(theme.code for theme in change.themes.values()), *(row.code for row in rows)]
        code = section_code(label, rows, taken)
        made[label] = place_new(change, NewTheme(label=label, code=code, is_section=True)).id
    return {theme.code: theme.id for theme in change.themes.values() if theme.is_net} | made


def _add(change: FrameChange, one: Planned, sections: dict[str, uuid.UUID]) -> None:
    section_id = sections[one.section] if one.section else None
    place_new(
        change,
        NewTheme(code=one.row.code, section_id=section_id, is_section=one.row.is_section, **one.row.values),
    )


def _change(change: FrameChange, one: Planned, sections: dict[str, uuid.UUID]) -> None:
    if one.theme is None:
        raise RuntimeError("only what is there can be changed")
    theme = change.touch(one.theme)
    theme.retired_at = None
    write_fields(change, theme, one.row.values)
    if one.section is not None:
        move_to_section(change, theme, sections[one.section] if one.section else None)
