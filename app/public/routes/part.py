"""A page of questions: about you, a part of the document, publication and contact."""

from typing import Any

from flask import redirect, render_template, request, url_for

from app.consultations.queries.documents import SectionText, current_document, section_texts
from app.consultations.queries.parts import Part
from app.consultations.queries.passages import PassageShown
from app.public import autosave
from app.public.conflict import Asked, conflict_page, with_kept_words
from app.public.forms.questions import (
    PartForm,
    answers_in,
    complete,
    contact_in,
    field_id,
    name_of,
    name_on,
    part_form,
    versions_shown,
    words_on,
)
from app.public.guards import already_sent, closed, drafting
from app.public.here import Here
from app.public.mail import with_link_mail
from app.public.paragraphs import ABOUT, anchor, asked_for, commented, sent_with
from app.public.progress import is_answered, next_after, state_of
from app.rendering.words import later, plain
from app.responses.new_answers import NewAnswer
from app.responses.queries.reply import answers_given
from app.responses.refusals import AlreadySent, AnsweredAlready, ChangedElsewhere, NotOpen
from app.responses.services.save_part import passage_key, save_part
from app.web.clock import now
from app.web.languages import switching
from app.web.transactions import writes

CLEAR, LATER, NO_COMMENT = "clear", "later", "no-comment"
WRITTEN_ALREADY = later(
    "You have answered something in this part. To say that you have no comment, take your answers out first."
)


@drafting
def show(here: Here, part_key: str) -> str:
    part = here.part(part_key)
    section = _section(here, part)
    passages = _with(commented(here, part), asked_for(here, part, section))
    return _page(here, part, part_form(part, here.given, passages=passages), passages)


@writes
@drafting
def save(here: Here, part_key: str) -> Any:
    part = here.part(part_key)
    sent = sent_with(here, part)
    shown = _with(sent, asked_for(here, part, _section(here, part)))
    form = part_form(part, here.given, passages=shown, sent=_kept(here, part, sent))
    contact = contact_in(form, part) if form.validate_on_submit() else None
    if switching() or form.errors or not complete(form, contact):
        return _refused(here, part, form, shown)
    answers = answers_in(form, part)
    if (cleared := request.form.get(CLEAR)) in answers:
        answers[cleared] = NewAnswer()
    try:
        save_part(
            here.consultation,
            here.reply.response.id,
            part=part,
            answers=answers,
            passages=words_on(form, sent),
            contact=with_link_mail(contact, here),
            finished=_finished(),
            no_comment=NO_COMMENT in request.form and part.section_key is not None,
            now=now(),
        )
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    except AnsweredAlready:
        return _page(here, part, form, shown, error_list=[(WRITTEN_ALREADY, f"#{NO_COMMENT}")]), 422
    except ChangedElsewhere as changed:
        return _changed(here, part, changed, sent)
    if autosave.is_autosave():
        return autosave.saved(here, seen=versions_shown(part, answers_given(here.reply), sent))
    return redirect(_onward(here, part), 303)


def _with(passages: list[PassageShown], asked: PassageShown | None) -> list[PassageShown]:
    """In the order of the document."""
    more = [] if asked is None or asked.id in {one.id for one in passages} else [asked]
    return sorted([*passages, *more], key=lambda one: one.position)


def _kept(here: Here, part: Part, sent: list[PassageShown]) -> Any:
    stand = {name_of(q): (q.key, here.given.to(q.id)) for q in part.questions if not q.contact}
    stand |= {name_on(one.id): (passage_key(one.id), here.given.about(one.id)) for one in sent}
    return with_kept_words(request.form, stand)


def _finished() -> bool:
    return not ({CLEAR, LATER, ABOUT} & set(request.form) or autosave.is_autosave())


def _refused(here: Here, part: Part, form: PartForm, passages: list[PassageShown]) -> Any:
    if autosave.is_autosave():
        return autosave.not_saved(autosave.NOT_COMPLETE)
    return _page(here, part, form, passages), 422


def _changed(here: Here, part: Part, changed: ChangedElsewhere, sent: list[PassageShown]) -> Any:
    if autosave.is_autosave():
        return autosave.not_saved(autosave.CHANGED)
    asked = {q.key: Asked(q.text, None if q.is_text else q) for q in part.questions}
    asked |= {passage_key(one.id): Asked(_comment_on(one)) for one in sent}
    return conflict_page(here, part.title, changed, asked), 422


def _comment_on(passage: PassageShown) -> str:
    return plain("Comment on paragraph %(number)s", number=passage.number)


def _onward(here: Here, part: Part) -> str:
    if ABOUT in request.form:
        place, slug = request.form[ABOUT], here.consultation.slug
        return url_for("public.part", slug=slug, part_key=part.key, about=place, _anchor=anchor(place))
    if CLEAR in request.form:
        return here.url("part", part_key=part.key)
    return here.url("reply") if LATER in request.form else next_after(here, part.key)


def _page(
    here: Here,
    part: Part,
    form: PartForm,
    passages: list[PassageShown],
    *,
    error_list: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "public/reply/part.html",
        consultation=here.consultation,
        here=here,
        part=part,
        form=form,
        names={question.key: name_of(question) for question in part.questions},
        section=_section(here, part),
        paragraphs=[(one, form[name_on(one.id)]) for one in passages],
        fields=[field_id(one) for one in passages],
        no_comment=NO_COMMENT if part.section_key and (error_list or not is_answered(part, here)) else None,
        state=state_of(part, here),
        error_list=error_list or [],
    )


def _section(here: Here, part: Part) -> SectionText | None:
    document = current_document(here.consultation.id) if part.section_key else None
    return section_texts(document, section_key=part.section_key)[0] if document else None
