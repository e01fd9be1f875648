"""The equality questions after sending: one a page, each optional, kept apart from the response."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import flash, redirect, render_template

from app.consultations.queries.equality import YES, EqualityQuestion, equality_intro
from app.public.equality import EqualityPages, asks_equality, equality_pages, has_answered, question_address
from app.public.forms.equality import EqualityForm, IntroForm, equality_form, intro_form, names_of_texts
from app.public.guards import holding
from app.public.here import Here
from app.rendering.words import later, page_language
from app.responses.refusals import NotOpen
from app.responses.services.answer_equality import answer_equality
from app.responses.services.delete_equality import delete_equality
from app.web.transactions import writes

DELETED = later("We have deleted your equality answers. Your response has not changed.")
TOO_LATE = later("We no longer take answers to the equality questions. We have not kept this one.")

View = Callable[..., Any]


def _after_sending(view: View) -> View:
    """Of a response that was sent, by somebody who is asked these questions; others go on to their page."""

    @wraps(view)
    def inside(here: Here, **values: Any) -> Any:
        if not here.sent.reply.is_sent:
            return redirect(here.url("reply"), 303)
        if not asks_equality(here):
            return redirect(here.url("sent"), 303)
        return view(here, **values)

    return holding(inside)


@_after_sending
def show(here: Here) -> str:
    return _intro(here, _intro_form(here))


@writes
@_after_sending
def begin(here: Here) -> Any:
    form = _intro_form(here)
    if not form.validate_on_submit():
        return _intro(here, form), 422
    first = equality_pages(here).after(0)
    return redirect(first if form.wanted.data == YES else here.url("sent"), 303)


@_after_sending
def question(here: Here, number: int) -> Any:
    pages = equality_pages(here)
    asked = pages.find(number)
    if asked is None:
        return redirect(pages.after(number), 303)
    return _page(pages, asked, equality_form(asked, pages.given.get(asked.key)))


@writes
@_after_sending
def answer(here: Here, number: int) -> Any:
    """Nothing chosen changes nothing: an old page must not take an answer away."""
    pages = equality_pages(here)
    asked = pages.find(number)
    if asked is None:
        return redirect(pages.after(number), 303)
    form = equality_form(asked, None)
    if not form.validate_on_submit():
        return _page(pages, asked, form), 422
    if form.answer.data:
        try:
            answer_equality(
                here.consultation,
                here.reply.response.id,
                questions=pages.questions,
                question=asked,
                option=form.answer.data,
                text=form.text_of(asked),
            )
        except NotOpen:
            flash(TOO_LATE, "info")
            return redirect(here.url("sent"), 303)
    return redirect(equality_pages(here).after(number), 303)


@holding
def show_delete(here: Here) -> Any:
    if not has_answered(here):
        return redirect(here.url("sent"), 303)
    return render_template("public/equality/delete.html", consultation=here.consultation, here=here)


@writes
@holding
def delete(here: Here) -> Any:
    if has_answered(here):
        delete_equality(here.reply.response.id)
        flash(DELETED, "success")
    return redirect(here.url("sent"), 303)


def _intro_form(here: Here) -> IntroForm:
    return intro_form(equality_intro(here.consultation, language=page_language()))


def _intro(here: Here, form: IntroForm) -> str:
    return render_template("public/equality/intro.html", consultation=here.consultation, here=here, form=form)


def _page(pages: EqualityPages, asked: EqualityQuestion, form: EqualityForm) -> str:
    here, names = pages.here, names_of_texts(asked)
    return render_template(
        "public/equality/question.html",
        consultation=here.consultation,
        here=here,
        form=form,
        address=question_address(here, asked.number),
        texts=[form[names[option.key]] if option.key in names else None for option in asked.options],
        back_link=pages.before(asked.number),
    )
