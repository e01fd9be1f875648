"""Runs of the engine: the list, one run, starting and stopping."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from app.enums import Permission
from app.jobs.services.ask_to_stop import ask_to_stop
from app.officer.routes.frame import run_panel
from app.themes.queries.frame import all_themes
from app.themes.queries.runs import run_numbered, runs_of
from app.themes.refusals import RunNotWanted
from app.themes.services.start_run import start_run
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def runs(slug: str) -> str:
    return _list()


@allowed(Permission.EDIT_FRAME)
@writes
def runs_post(slug: str) -> Any:
    try:
        run = start_run(visit().here, actor=visit().actor, now=now())
    except RunNotWanted as refusal:
        return _list(error_list=[(str(refusal), None)]), 422
    return redirect(url_for(".run", slug=slug, number=run.number), 303)


def _list(**more: Any) -> str:
    return render_template(
        "officer/runs/list.html", runs=runs_of(visit().consultation_id), **run_panel(), **more
    )


@allowed(Permission.READ_REDACTED)
def run(slug: str, number: int) -> str:
    found = run_numbered(visit().consultation_id, number)
    if found is None:
        abort(404)
    return render_template(
        "officer/runs/one.html",
        run=found,
        labels={theme.code: theme.label for theme in all_themes(visit().consultation_id)},
        back_link=url_for(".runs", slug=slug),
        back_text="All runs",
        **run_panel(),
    )


@allowed(Permission.EDIT_FRAME)
@writes
def run_stop_post(slug: str, number: int) -> Any:
    found = run_numbered(visit().consultation_id, number)
    if found is None or found.job_id is None:
        abort(404)
    if ask_to_stop(found.job_id, actor=visit().actor, now=now()):
        flash("The run stops after the step it is on. Nothing you decided changes.", "info")
    return redirect(url_for(".run", slug=slug, number=number), 303)
