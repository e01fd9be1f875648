"""The partners' answers to themes: which are written, and one of them to write, look at and take back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.partners_answer import AnswerForm
from app.officer.forms.report import ConfirmForm
from app.rendering.answers import ANSWERS
from app.reporting.queries.partners_answers import answer_of, answerable_themes
from app.reporting.queries.releases import report_is_published
from app.reporting.refusals import AnswerChanged
from app.reporting.services.answer_theme import answer_theme, take_back_answer
from app.themes.queries.frame import theme_by_code
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

PREVIEW = "preview"


@allowed(Permission.WRITE_REPORT)
def partners_answers(slug: str) -> str:
    themes = answerable_themes(visit().consultation_id)
    without = request.args.get("without") == "1"
    return render_template(
        "officer/answers/list.html",
        themes=[one for one in themes if not (without and one.answer)],
        total=len(themes),
        answered=sum(1 for one in themes if one.answer),
        without=without,
        recorded=look("partners' answers"),
        ANSWERS=ANSWERS,
        **_around(url_for(".report", slug=slug), "Report"),
    )


@allowed(Permission.WRITE_REPORT)
def partners_answer(slug: str, code: str) -> Any:
    theme = _theme_or_404(code)
    if theme.code != code:
        return redirect(url_for(".partners_answer", slug=slug, code=theme.code), 303)
    form = AnswerForm()
    form.show(answer_of(theme.id, consultation_id=visit().consultation_id))
    return _page(theme, form)


@allowed(Permission.WRITE_REPORT)
@writes
def partners_answer_post(slug: str, code: str) -> Any:
    theme, form = _theme_or_404(code), AnswerForm()
    said = form.said()
    if said is None:
        return _page(theme, form), 422
    if request.form.get("do") == PREVIEW:
        return _page(theme, form, shown=said)
    try:
        changed = answer_theme(theme.id, said=said, seen=form.seen.data or "", actor=visit().actor, now=now())
    except AnswerChanged:
        return _theirs_page(theme, form), 422
    flash(f"The answer to {theme.code} is {'saved' if changed else 'as it was'}.", "success")
    return redirect(url_for(".partners_answers", slug=slug), 303)


@allowed(Permission.WRITE_REPORT)
def partners_answer_remove(slug: str, code: str) -> Any:
    theme = _theme_or_404(code)
    if answer_of(theme.id, consultation_id=visit().consultation_id) is None:
        return redirect(url_for(".partners_answer", slug=slug, code=theme.code), 303)
    return _remove_page(theme, ConfirmForm())


@allowed(Permission.WRITE_REPORT)
@writes
def partners_answer_remove_post(slug: str, code: str) -> Any:
    theme, form = _theme_or_404(code), ConfirmForm()
    try:
        take_back_answer(theme.id, seen=request.form.get("seen", ""), actor=visit().actor, now=now())
    except AnswerChanged as refusal:
        form.form_errors.append(f"{refusal}. Read what it says now.")
        return _remove_page(theme, form), 422
    flash(f"The answer to {theme.code} is taken back.", "success")
    return redirect(url_for(".partners_answers", slug=slug), 303)


def _theme_or_404(code: str) -> Any:
    found = theme_by_code(visit().consultation_id, code)
    if found is None or found.is_net:
        abort(404)
    return found


def _page(theme: Any, form: AnswerForm, **more: Any) -> str:
    standing = answer_of(theme.id, consultation_id=visit().consultation_id)
    return render_template(
        "officer/answers/one.html",
        theme=theme,
        form=form,
        standing=standing,
        ANSWERS=ANSWERS,
        PREVIEW=PREVIEW,
        **({"shown": None, "theirs": False} | more),
        **_around(url_for(".partners_answers", slug=visit().here.slug), "Partners’ answers"),
    )


def _theirs_page(theme: Any, form: AnswerForm) -> str:
    """Theirs beside what this officer typed; saved again, what stands in the form stands."""
    standing = answer_of(theme.id, consultation_id=visit().consultation_id)
    form.seen.data = standing.seen if standing else ""
    who = standing.officer if standing else "Another officer"
    did = "changed" if standing else "took back"
    error = f"{who} {did} this answer while you were writing. Yours is not saved yet."
    return _page(theme, form, theirs=True, error_list=[(error, "#theirs")])


def _remove_page(theme: Any, form: ConfirmForm) -> str:
    return render_template(
        "officer/answers/remove.html",
        theme=theme,
        form=form,
        standing=answer_of(theme.id, consultation_id=visit().consultation_id),
        ANSWERS=ANSWERS,
        **_around(url_for(".partners_answer", slug=visit().here.slug, code=theme.code), theme.code),
    )


def _around(back_link: str, back_text: str) -> dict[str, Any]:
    published = report_is_published(visit().consultation_id)
    return {"back_link": back_link, "back_text": back_text, "published": published}
