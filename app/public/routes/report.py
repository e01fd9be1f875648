from flask import render_template

from app.reporting.queries.releases import published_release
from app.web.subject import public_consultation


def report(slug: str) -> str:
    """From the frozen numbers alone: a live count never reaches the public."""
    consultation = public_consultation(slug)
    release = published_release(consultation.id)
    if release is None:
        return render_template("public/report/none.html", consultation=consultation)
    return render_template(
        "public/report/show.html", consultation=consultation, release=release, report=release.report
    )
