from flask import render_template

from app.consultations.queries.documents import current_document, sections_of
from app.consultations.queries.listing import public_list
from app.consultations.queries.parts import reply_parts
from app.consultations.queries.timing import grace_ends_at, has_closed, report_by, window
from app.enums import RespondentKind
from app.rendering.words import page_language
from app.reporting.queries.releases import report_is_published
from app.web.clock import now
from app.web.subject import public_consultation


def index() -> str:
    return render_template("public/consultations/list.html", groups=public_list(now=now()))


def show(slug: str) -> str:
    consultation = public_consultation(slug)
    closed = has_closed(consultation, now=now())
    return render_template(
        "public/consultations/show.html",
        consultation=consultation,
        now=now(),
        window=window(consultation, now=now()),
        grace_ends_at=grace_ends_at(consultation),
        report_by=report_by(consultation, now=now()),
        is_reported=closed and report_is_published(consultation.id),
        document=current_document(consultation.id),
        sections=sections_of(consultation.id),
        parts=reply_parts(consultation, RespondentKind.INDIVIDUAL, language=page_language()),
    )
