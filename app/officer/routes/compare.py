"""Two runs of the engine beside each other, and where the newer would code otherwise than officers did."""

from typing import Any

from flask import render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import address, key, whole
from app.themes.queries.comparing import comparison, runs_compared
from app.themes.queries.disagreeing import coded_otherwise
from app.web.access import allowed, visit
from app.web.looks import look


@allowed(Permission.READ_REDACTED)
def compare(slug: str) -> Any:
    """The newest that was compared, or the one asked for. The list is of the run in use alone."""
    there = runs_compared(visit().consultation_id)
    asked = whole(request.args.get("run"), otherwise=0)
    number = asked if asked in there else next(iter(there), 0)
    in_use = bool(there) and number == next(iter(there))
    after = key(request.args.get("after"))
    here = url_for(".compare", slug=slug)
    return render_template(
        "officer/runs/compare.html",
        runs=there,
        found=comparison(visit().consultation_id, number) if there else None,
        page=coded_otherwise(visit().consultation_id, after=after) if in_use else None,
        further=after is not None,
        page_url=lambda at: address(here, {}, run=str(number), after=str(at)) + "#otherwise",
        recorded=look("runs"),
        back_link=url_for(".runs", slug=slug),
        back_text="All runs",
    )
