"""Bringing a frame in, from a file or from another consultation: first what would change, then the change."""

import json
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.accounts.permissions import allows
from app.accounts.queries.consultations import my_consultations
from app.consultations.queries.find import consultation_by_slug
from app.enums import Permission
from app.officer.forms.upload import CHOOSE_FILE, uploaded
from app.themes.files.frame_file import MOST_ROWS, FrameFile, FrameRow, read_frame_file
from app.themes.files.sheet import FileProblem
from app.themes.queries.frame_changes import signed_off
from app.themes.queries.frame_import import frame_report
from app.themes.queries.frame_reuse import frame_to_reuse
from app.themes.refusals import Refusal
from app.themes.services.import_frame import import_frame
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.EDIT_FRAME)
def frame_import(slug: str) -> str:
    return _choose()


@allowed(Permission.EDIT_FRAME)
@writes
def frame_import_post(slug: str) -> Any:
    """Shows what the file would change, and changes nothing. The rows go into the page, not into a table."""
    try:
        sent = uploaded(request.files)
        file = read_frame_file(sent.content)
    except FileProblem as problem:
        return _choose(problem=str(problem)), 422
    return _report(file, sent.name)


@allowed(Permission.EDIT_FRAME)
def frame_reuse(slug: str, source: str) -> str:
    if source not in {one.slug for one in _sources()}:
        abort(404)
    found = consultation_by_slug(source)
    if found is None:
        abort(404)
    file = frame_to_reuse(found.id, consultation_id=visit().consultation_id)
    return _report(file, found.title, reused=True)


@allowed(Permission.EDIT_FRAME)
@writes
def frame_import_apply_post(slug: str) -> Any:
    try:
        rows = _rows(request.form.get("rows", ""))
    except ValueError:
        return _choose(problem=CHOOSE_FILE), 422
    try:
        operation = import_frame(
            rows,
            digest=request.form.get("digest", ""),
            consultation_id=visit().consultation_id,
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        name, reused = request.form.get("name", ""), "reused" in request.form
        return _report(FrameFile(tuple(rows)), name, reused=reused, problem=str(refusal)), 422
    if operation is None:
        flash("The frame is as it was: nothing was changed.", "info")
        return redirect(url_for(".frame", slug=slug), 303)
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


def _rows(sent: str) -> Sequence[FrameRow]:
    """Raises ValueError."""
    found = json.loads(sent)
    if not isinstance(found, list) or len(found) > MOST_ROWS:
        raise ValueError("not rows of a frame")
    return [FrameRow.from_json(value) for value in found]


def _sources() -> list[Any]:
    """Other consultations whose frame this officer may read."""
    return [
        one
        for one in my_consultations(visit().officer.id)
        if one.slug != visit().here.slug and allows(frozenset(one.roles), Permission.READ_REDACTED)
    ]


def _choose(*, problem: str = "") -> str:
    return render_template(
        "officer/frame/import.html",
        problem=problem,
        error_list=[(problem, "#file")] if problem else None,
        sources=_sources(),
        signed=signed_off(visit().consultation_id),
        back_link=url_for(".frame", slug=visit().here.slug),
        back_text="Coding frame",
    )


def _report(file: FrameFile, name: str, *, reused: bool = False, problem: str = "") -> str:
    return render_template(
        "officer/frame/import_report.html",
        file=file,
        name=name,
        reused=reused,
        report=frame_report(visit().consultation_id, file.rows),
        rows=json.dumps([row.as_json() for row in file.rows]),
        error_list=[(problem, "#numbers")] if problem else None,
        back_link=url_for(".frame_import", slug=visit().here.slug),
        back_text="Import a frame",
    )
