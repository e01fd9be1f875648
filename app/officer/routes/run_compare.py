"""Two runs of the engine beside each other, and where the newer would code otherwise than officers did."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import address, key, whole
from app.themes.queries.comparing import comparison, not_compared, runs_compared
from app.themes.queries.disagreeing import coded_otherwise
from app.themes.services.ask_to_compare import ask_to_compare
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def compare_runs(slug: str) -> Any:
    """The newest that was compared, or the one asked for. The list is of the run in use alone."""
    there = runs_compared(visit().consultation_id)
    asked = whole(request.args.get("run"), otherwise=0)
    number = asked if asked in there else next(iter(there), 0)
    in_use = bool(there) and number == next(iter(there))
    after = key(request.args.get("after"))
    here = url_for(".compare_runs", slug=slug)
    return render_template(
        "officer/runs/compare.html",
        runs=there,
        found=comparison(visit().consultation_id, number) if there else None,
        page=coded_otherwise(visit().consultation_id, after=after) if in_use else None,
        further=after is not None,
        page_url=lambda at: address(here, {}, run=str(number), after=str(at)) + "#otherwise",
        not_compared=not_compared(visit().consultation_id),
        may_start=visit().may(Permission.EDIT_FRAME),
        recorded=look("runs"),
        back_link=url_for(".runs", slug=slug),
        back_text="All runs",
    )


@allowed(Permission.EDIT_FRAME)
@writes
def compare_runs_post(slug: str) -> Any:
    if ask_to_compare(visit().consultation_id, actor=visit().actor, now=now()):
        flash("The two runs are being compared. Look again in a minute.", "info")
    return redirect(url_for(".compare_runs", slug=slug), 303)
