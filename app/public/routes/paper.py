"""What people take away: a copy of their reply, the draft, and the questions to answer on paper."""

from typing import TYPE_CHECKING

from flask import Response, abort, make_response, render_template, request, url_for

from app.consultations.queries.documents import current_document, section_texts
from app.consultations.queries.equality import equality_intro, equality_questions
from app.consultations.queries.paper_form import paper_parts
from app.consultations.queries.parts import start_question
from app.enums import RespondentKind
from app.public.guards import holding
from app.public.here import Here, titled
from app.public.summary import chapters
from app.rendering.paper import paper
from app.rendering.words import page_language
from app.web import mail
from app.web.pdf import private_pdf, public_pdf
from app.web.subject import public_consultation

if TYPE_CHECKING:
    from app.models import Consultation

LARGE = "large"


@holding
def copy(here: Here) -> str:
    shown = _shown(here)
    return render_template(
        "public/reply/copy.html", consultation=shown.consultation, here=shown, chapters=chapters(shown)
    )


@holding
def copy_file(here: Here) -> Response:
    """One file, to keep: it asks for no other."""
    shown = _shown(here)
    page = make_response(_copy(shown))
    page.headers["Content-Disposition"] = f'attachment; filename="{_name(shown)}.html"'
    return page


@holding
def copy_pdf(here: Here) -> Response:
    shown = _shown(here)
    instead = shown.url("copy") + ("?version=sent" if shown.reply.is_sent else "")
    return private_pdf(
        _copy(shown), name=f"{_name(shown)}.pdf", instead=instead, consultation=shown.consultation
    )


def draft_pdf(slug: str) -> Response:
    consultation = public_consultation(slug)
    document = current_document(consultation.id)
    if document is None:
        abort(404)
    html = paper("draft", consultation=consultation, document=document, sections=section_texts(document))
    instead = url_for("public.draft", slug=slug)
    return public_pdf(html, name=f"{slug}-draft.pdf", instead=instead, consultation=consultation)


def questions(slug: str) -> str:
    consultation = public_consultation(slug)
    return render_template(
        "public/draft/questions.html", consultation=consultation, **_paper_form(consultation)
    )


def questions_pdf(slug: str) -> Response:
    consultation = public_consultation(slug)
    large = request.args.get("print") == LARGE
    html = paper("questions", consultation=consultation, large=large, **_paper_form(consultation))
    return public_pdf(
        html,
        name=f"{slug}-questions{'-large-print' if large else ''}.pdf",
        instead=url_for("public.questions", slug=slug),
        consultation=consultation,
    )


def _paper_form(consultation: "Consultation") -> dict[str, object]:
    """What the form says, on the page and in the PDF alike."""
    document = current_document(consultation.id)
    language = page_language()
    equality = equality_questions(consultation, RespondentKind.INDIVIDUAL, language=language)
    parts = paper_parts(consultation, language=language, contact=mail.is_written())
    return {
        "start": start_question(consultation, language=language),
        "parts": [titled(part) for part in parts],
        "texts": {one.key: one for one in section_texts(document)} if document else {},
        "equality_questions": equality,
        "equality_intro": equality_intro(consultation, language=language) if equality else None,
    }


def _shown(here: Here) -> Here:
    """What is being written; with `?version=sent`, and once it is too late to send it, what was sent."""
    return here.sent if "version" in request.args or not here.takes_words else here


def _copy(here: Here) -> str:
    return paper("copy", consultation=here.consultation, reply=here.reply, chapters=chapters(here))


def _name(here: Here) -> str:
    reference = here.reply.response.reference
    if here.reply.is_sent:
        return f"response-{reference}"
    return "changed-response-not-sent" if here.reply.is_changing else "draft-not-sent"
