from flask import render_template
from markupsafe import Markup

from app.consultations.queries.timing import report_by
from app.rendering.answers import ANSWERS
from app.rendering.words import speaking
from app.reporting.queries.partners_answers import published_answers
from app.reporting.queries.releases import published_release
from app.web.clock import now
from app.web.subject import public_consultation


def report(slug: str) -> str:
    """From the frozen numbers alone: a live count never reaches the public. The words that were frozen with
    them are in the consultation's own language, and so is what stands among them. The partners answer later.
    """
    consultation = public_consultation(slug)
    release = published_release(consultation.id)
    if release is None:
        return render_template(
            "public/report/none.html", consultation=consultation, report_by=report_by(consultation, now=now())
        )
    with speaking(consultation.language):
        document = render_template(
            "public/report/document.html",
            report=release.report,
            answers=published_answers(consultation.id, release.report),
            ANSWERS=ANSWERS,
        )
    return render_template(
        "public/report/show.html",
        consultation=consultation,
        release=release,
        report=release.report,
        document=Markup(document),  # noqa: S704 - our own template
    )
