"""The document that the consultation is about."""

from flask import abort, render_template

from app.consultations.queries.changes import changes_since, version_before
from app.consultations.queries.documents import current_document, section_texts, sections_of
from app.consultations.queries.timing import window
from app.public.changes import paragraphs_shown
from app.public.paragraphs import pages_to_comment_on
from app.web.clock import now
from app.web.subject import public_consultation


def show(slug: str) -> str:
    consultation = public_consultation(slug)
    document = current_document(consultation.id)
    if document is None:
        abort(404)
    return render_template(
        "public/draft/show.html",
        consultation=consultation,
        document=document,
        sections=section_texts(document),
        comment_pages=pages_to_comment_on(consultation, window(consultation, now=now())),
    )


def changes(slug: str) -> str:
    """Of the newest version; the first one has changed nothing."""
    consultation = public_consultation(slug)
    document = current_document(consultation.id)
    before = version_before(document) if document else None
    if document is None or before is None:
        abort(404)
    return render_template(
        "public/draft/changes.html",
        consultation=consultation,
        document=document,
        before=before,
        sections=changes_since(before, document),
        paragraphs_shown=paragraphs_shown,
    )


def section(slug: str, section_key: str) -> str:
    consultation = public_consultation(slug)
    document = current_document(consultation.id)
    found = section_texts(document, section_key=section_key) if document else []
    if not found:
        abort(404)
    order = sections_of(consultation.id)
    at = next(i for i, one in enumerate(order) if one.key == section_key)
    return render_template(
        "public/draft/section.html",
        consultation=consultation,
        document=document,
        section=found[0],
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        comment_pages=pages_to_comment_on(consultation, window(consultation, now=now())),
    )
