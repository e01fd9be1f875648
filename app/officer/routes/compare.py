"""Themes by who raised them: by type, by area, or by what they answered."""

from flask import abort, render_template, request, url_for

from app.counting.cross_tab import Trait
from app.enums import Permission
from app.reporting.queries.cross_tab import questions_to_cross, themes_by
from app.responses.queries.choices import words
from app.web.access import allowed, visit
from app.web.looks import look

TRAITS = [(Trait.TYPE.value, "Type of respondent"), (Trait.AREA.value, "Area")]


@allowed(Permission.READ_REDACTED)
def compare(slug: str) -> str:
    here = visit().consultation_id
    choices = TRAITS + questions_to_cross(here)
    by = request.args.get("by", Trait.TYPE.value)
    found = themes_by(here, by, words=words(here))
    if found is None:
        abort(404)
    return render_template(
        "officer/compare/themes.html",
        found=found,
        by=by,
        choices=choices,
        title=dict(choices)[by],
        here=url_for(".compare", slug=slug),
        recorded=look("compare"),
    )
