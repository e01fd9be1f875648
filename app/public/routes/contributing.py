"""A colleague of an organisation's lead writes parts of the reply: by the invitation's link or its code."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.consultations.queries.documents import current_document, section_texts
from app.consultations.queries.listing import newest_lead
from app.consultations.queries.parts import Part
from app.public.codes import LINK_NOT_KNOWN, wrong_code
from app.public.colleague import (
    COOKIE,
    COOKIE_PATH,
    Contributing,
    Stands,
    contributing,
    find_contributing,
    keep_contributing,
)
from app.public.conflict import Asked, conflict_page, with_kept_words
from app.public.forms.colleague import ColleagueForm, colleague_form, places, texts_in
from app.public.forms.continuing import CodeForm
from app.public.here import link_key
from app.rendering.words import later
from app.responses.links import link_of_invitation
from app.responses.queries.colleagues import invited_by_code, invited_by_token
from app.responses.refusals import (
    AlreadySent,
    ChangedElsewhere,
    InvitationEnded,
    NoLongerThere,
    NotOpen,
    TooManyColleagues,
)
from app.responses.services.contribute import contribute
from app.web.clock import now
from app.web.errors import typed_words
from app.web.transactions import writes

SAVED = later("Saved. The person who invited you can read it now.")
FULL = later(
    "As many people write for this organisation as one reply can take. "
    "Send your words to the person who invited you: they are still below."
)
LEFT = later("This device no longer holds your texts. The person who invited you still has them.")


def show() -> str:
    return _code_page(CodeForm())


def find() -> Any:
    """A code that is right opens the parts whatever others at the same network have tried."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form), 422
    found = invited_by_code(str(form.code.data), key=link_key())
    if found is not None:
        return _to_parts(link_of_invitation(found[0], key=link_key()).token)
    error, status = wrong_code("invitation")
    return _code_page(form, error), status


def link(token: str) -> Any:
    if invited_by_token(token, key=link_key()) is None:
        return _code_page(CodeForm(formdata=None), LINK_NOT_KNOWN), 404
    return _to_parts(token)


@contributing
def parts(here: Contributing) -> str:
    return _parts_page(here)


@contributing
def part(here: Contributing, part_key: str) -> Any:
    found = here.part(part_key)
    if here.stands is not Stands.WRITING:
        return redirect(url_for("public.contribute_parts"), 303)
    return _part_page(here, found, colleague_form(found, here.own))


@writes
@contributing
def save(here: Contributing, part_key: str) -> Any:
    found = here.part(part_key)
    texts = {place.field: (place.key, here.own.to(place.question_id)) for place in places(found)}
    form = colleague_form(found, here.own, sent=with_kept_words(request.form, texts))
    if not form.validate_on_submit():
        return _part_page(here, found, form), 422
    try:
        contribute(
            here.consultation,
            here.invited.reply.response.id,
            invitation_token=here.token,
            own_hash=here.own_hash,
            name=form.name.data or "",
            texts=texts_in(form, found),
            key=link_key(),
            now=now(),
        )
    except (NotOpen, AlreadySent, InvitationEnded, NoLongerThere):
        return _parts_page(here), 409
    except TooManyColleagues:
        form.form_errors.append(FULL)
        return _part_page(here, found, form), 422
    except ChangedElsewhere as changed:
        asked = {place.key: Asked(place.label) for place in places(found)}
        return conflict_page(here, found.title, changed, asked), 422
    flash(SAVED, "success")
    return redirect(url_for("public.contribute_parts"), 303)


@writes
def leave() -> Any:
    page = make_response(redirect(url_for("public.contribute"), 303))
    page.delete_cookie(COOKIE, path=COOKIE_PATH)
    flash(LEFT, "info")
    return page


def _to_parts(token: str) -> Any:
    return keep_contributing(make_response(redirect(url_for("public.contribute_parts"), 303)), token)


def _code_page(form: CodeForm, error: str | None = None) -> str:
    return render_template(
        "public/contribute/code.html",
        form=form,
        lead=newest_lead(now=now()),
        writing=find_contributing() is not None,
        error_list=[(error, "#code")] if error else [],
    )


def _parts_page(here: Contributing) -> str:
    return render_template(
        "public/contribute/parts.html",
        consultation=here.consultation,
        colleague=here,
        written=[(one, _own_texts(here, one)) for one in here.parts],
        words=typed_words(),
    )


def _own_texts(here: Contributing, part: Part) -> list[tuple[str, str]]:
    """The questions of the part that this colleague has written for, each with the words."""
    return [
        (place.label, here.own.to(place.question_id).text)
        for place in places(part)
        if here.own.to(place.question_id).is_there
    ]


def _part_page(here: Contributing, part: Part, form: ColleagueForm) -> str:
    document = current_document(here.consultation.id) if part.section_key else None
    return render_template(
        "public/contribute/part.html",
        consultation=here.consultation,
        colleague=here,
        part=part,
        form=form,
        fields=[place.field for place in places(part)],
        section=section_texts(document, section_key=part.section_key)[0] if document else None,
    )
