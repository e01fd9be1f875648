"""Tables for a spreadsheet: asking for one, and fetching it."""

import uuid
from pathlib import Path
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for

from app.counting.comments import comment_progress
from app.enums import Permission
from app.jobs.queries.progress import worker_seen
from app.officer.forms.exports import ExportForm
from app.reporting.files.tables import CSV, FORMATS, TABLES
from app.reporting.queries.exports import export_of, exports_of
from app.reporting.services.ask_export import ask_export
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@allowed(Permission.SEE_AUDIT)
def exports(slug: str) -> str:
    """Whoever may take out any of the tables; each is offered to those who may read it."""
    return _page(ExportForm(formdata=None), chosen=request.args.get("table", ""))


@allowed(Permission.SEE_AUDIT)
@writes
def exports_post(slug: str) -> Any:
    form = ExportForm()
    if not form.validate():
        return _page(form, chosen=form.table.data or ""), 422
    table = TABLES[form.table.data or ""]
    if not visit().may(table.permission):
        abort(403)
    folder: Path = current_app.extensions["settings"].exports
    ask_export(
        table,
        form=form.format.data or CSV,
        folder=folder,
        consultation=visit().here,
        actor=visit().actor,
        now=now(),
    )
    flash(f"{table.title}: the file is being made. It is in the list below when it is ready.", "info")
    return redirect(url_for(".exports", slug=slug, _anchor="made"), 303)


@allowed(Permission.SEE_AUDIT)
def export(slug: str, export_id: uuid.UUID) -> Any:
    """The file, for the officer who asked for it, while they may read what is in it."""
    found = export_of(visit().consultation_id, export_id, officer_id=visit().officer.id, now=now())
    if found is None or not found.ready:
        abort(404)
    if not visit().may(found.table.permission):
        abort(403)
    name = f"{slug}-{found.table.key}-{found.asked_at:%Y-%m-%d}.{found.form}"
    return send_file(
        found.path, mimetype=TYPES[found.form], as_attachment=True, download_name=name, max_age=0
    )


def _page(form: ExportForm, *, chosen: str) -> str:
    here = visit()
    offered = [table for table in TABLES.values() if here.may(table.permission)]
    return render_template(
        "officer/exports/list.html",
        form=form,
        tables=offered,
        chosen=chosen or offered[0].key,
        formats=FORMATS,
        chosen_format=form.format.data or "xlsx",
        made=exports_of(here.consultation_id, officer_id=here.officer.id, now=now()),
        comments=comment_progress(here.consultation_id),
        worker=worker_seen(now=now()),
    )
