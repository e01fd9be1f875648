"""A page of questions: about you, a part of the document, publication and contact."""

from typing import Any

from flask import redirect, render_template, request

from app.consultations.queries.documents import SectionText, current_document, section_texts
from app.consultations.queries.parts import Part
from app.public import autosave
from app.public.conflict import conflict_page, with_kept_words
from app.public.forms.questions import (
    PartForm,
    answers_in,
    complete,
    contact_in,
    name_of,
    part_form,
    versions_shown,
)
from app.public.guards import already_sent, closed, drafting
from app.public.here import Here
from app.public.progress import next_after
from app.responses.queries.reply import answers_given
from app.responses.refusals import AlreadySent, ChangedElsewhere, NotOpen
from app.responses.services.save_part import NewAnswer, save_part
from app.web.clock import now
from app.web.transactions import writes

CLEAR, LATER = "clear", "later"


@drafting
def show(here: Here, part_key: str) -> str:
    part = here.part(part_key)
    return _page(here, part, part_form(part, here.given))


@writes
@drafting
def save(here: Here, part_key: str) -> Any:
    part = here.part(part_key)
    texts = {name_of(q): (q.key, here.given.to(q.id)) for q in part.questions if q.is_text}
    form = part_form(part, here.given, sent=with_kept_words(request.form, texts))
    contact = contact_in(form, part) if form.validate_on_submit() else None
    if form.errors or not complete(form, contact):
        return _refused(here, part, form)
    cleared = request.form.get(CLEAR)
    answers = answers_in(form, part)
    if cleared in answers:
        answers[cleared] = NewAnswer()
    try:
        save_part(
            here.consultation,
            here.reply.response.id,
            part=part,
            answers=answers,
            contact=contact,
            finished=_finished(),
            now=now(),
        )
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    except ChangedElsewhere as changed:
        return _changed(here, part, changed)
    if autosave.is_autosave():
        return autosave.saved(here, seen=versions_shown(part, answers_given(here.reply)))
    return redirect(_onward(here, part), 303)


def _finished() -> bool:
    return not ({CLEAR, LATER} & set(request.form) or autosave.is_autosave())


def _refused(here: Here, part: Part, form: PartForm) -> Any:
    if autosave.is_autosave():
        return autosave.not_saved(autosave.NOT_COMPLETE)
    return _page(here, part, form), 422


def _changed(here: Here, part: Part, changed: ChangedElsewhere) -> Any:
    if autosave.is_autosave():
        return autosave.not_saved(autosave.CHANGED)
    return conflict_page(here, part.title, changed, {q.key: q.text for q in part.questions}), 422


def _onward(here: Here, part: Part) -> str:
    if CLEAR in request.form:
        return here.url("part", part_key=part.key)
    return here.url("reply") if LATER in request.form else next_after(here, part.key)


def _page(here: Here, part: Part, form: PartForm) -> str:
    return render_template(
        "public/reply/part.html",
        consultation=here.consultation,
        here=here,
        part=part,
        form=form,
        names={question.key: name_of(question) for question in part.questions},
        section=_section(here, part),
    )


def _section(here: Here, part: Part) -> SectionText | None:
    document = current_document(here.consultation.id) if part.section_key else None
    return section_texts(document, section_key=part.section_key)[0] if document else None
