from typing import TYPE_CHECKING, Any

from flask import abort, make_response, redirect, render_template, request, url_for

from app.accounts.actor import RESPONDENT
from app.consultations.queries.parts import AskedQuestion, reply_parts, start_question
from app.consultations.queries.timing import Window, window
from app.enums import RespondentKind
from app.public.forms.start import LETTER, QUESTIONS, StartForm, start_form
from app.public.guards import already_sent, closed
from app.public.here import Here, find_here, keep_here, link_key
from app.public.paragraphs import ABOUT, anchor, is_place
from app.rendering.words import page_language
from app.responses.links import START_TOKEN, link_from_start, new_start_token
from app.responses.services.change_kind import change_kind
from app.responses.services.start import start_draft
from app.web.clock import now
from app.web.subject import public_consultation
from app.web.transactions import writes

if TYPE_CHECKING:
    from app.models import Consultation


def show(slug: str) -> Any:
    consultation = public_consultation(slug)
    here = find_here(consultation)
    if here is None and window(consultation, now=now()) is not Window.OPEN:
        return redirect(url_for("public.consultation", slug=slug), 303)
    if here is not None and here.reply.is_sent:
        return redirect(here.url("sent"), 303)
    if here is not None and here.reply.is_changing:
        return redirect(here.url("reply"), 303)
    onward = {name: request.args.get(name, "") for name in ("then", ABOUT)}
    form = start_form(_question(consultation), **onward, **_chosen(here), start_token=new_start_token())
    return _page(consultation, form, here)


@writes
def start(slug: str) -> Any:
    consultation = public_consultation(slug)
    here = find_here(consultation)
    form = start_form(_question(consultation))
    if not form.validate_on_submit():
        return _page(consultation, form, here), 422
    if here is not None:
        return _change(here, form)
    if window(consultation, now=now()) is not Window.OPEN:
        return redirect(url_for("public.consultation", slug=slug), 303)
    return _begin(consultation, form)


def _begin(consultation: "Consultation", form: StartForm) -> Any:
    given = form.start_token.data or ""
    given = given if START_TOKEN.fullmatch(given) else new_start_token()
    for start_token in (given, new_start_token()):
        response = start_draft(
            consultation,
            kind=form.chosen,
            is_letter=form.is_letter,
            start_token=start_token,
            language=page_language(),
            key=link_key(),
            actor=RESPONDENT,
            now=now(),
        )
        if response is not None:
            token = link_from_start(start_token, key=link_key()).token
            page = make_response(redirect(_onward(consultation, form), 303))
            return keep_here(page, consultation, token)
    return abort(500)


def _onward(consultation: "Consultation", form: StartForm) -> str:
    parts = {part.key for part in reply_parts(consultation, form.chosen)}
    if form.then.data in parts and is_place(form.about.data):
        place = form.about.data
        return url_for(
            "public.part",
            slug=consultation.slug,
            part_key=form.then.data,
            about=place,
            _anchor=anchor(place or ""),
        )
    if form.then.data in parts and not form.is_letter:
        return url_for("public.part", slug=consultation.slug, part_key=form.then.data)
    return url_for("public.reply", slug=consultation.slug)


def _change(here: Here, form: StartForm) -> Any:
    if here.reply.is_sent:
        return already_sent(here)
    if not here.takes_words:
        return closed(here)
    if here.reply.is_changing:  # its kind is that of the version that counts
        return redirect(here.url("reply"), 303)
    change_kind(
        here.consultation,
        here.reply.response.id,
        kind=form.chosen,
        is_letter=form.is_letter,
        actor=RESPONDENT,
        now=now(),
    )
    return redirect(here.url("reply"), 303)


def _question(consultation: "Consultation") -> AskedQuestion:
    return start_question(consultation, language=page_language()) or abort(404)


def _chosen(here: Here | None) -> dict[str, str]:
    """Nothing is ticked beforehand, but for a draft that is changed."""
    if here is None:
        return {}
    response = here.reply.response
    how = LETTER if response.is_letter else QUESTIONS
    return {"kind": response.kind} | ({"how": how} if response.kind is RespondentKind.ORGANISATION else {})


def _page(consultation: "Consultation", form: StartForm, here: Here | None) -> str:
    return render_template("public/reply/start.html", consultation=consultation, form=form, here=here)
