"""The equality answers as tables, after closing. No number opens a list: nobody sees who answered what."""

from flask import render_template

from app.enums import Permission
from app.reporting.queries.equality import ROUNDED_TO, SMALLEST_BASE, equality_tables
from app.web.access import allowed, visit
from app.web.looks import before_closing


@allowed(Permission.SEE_EQUALITY)
def equality(slug: str) -> str:
    waits = before_closing()
    return render_template(
        "officer/equality/tables.html",
        waits=waits,
        tables=[] if waits else equality_tables(visit().here),
        smallest_base=SMALLEST_BASE,
        rounded_to=ROUNDED_TO,
    )
