"""Moving a theme to another section, and taking a theme or a section out of use."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from app.counting.themes import theme_count
from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.frame import NO_SECTION, MoveForm, RetireForm, an_id
from app.officer.routes.frame_edit import say, theme_or_404
from app.themes.queries.frame import all_themes, in_use, sections_in_use
from app.themes.refusals import Refusal
from app.themes.services.move_theme import move_theme
from app.themes.services.retire_theme import retire_theme
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.EDIT_FRAME)
def theme_move(slug: str, code: str) -> Any:
    theme = theme_or_404(code)
    form = MoveForm()
    form.seen.data = str(theme.version)
    return _move_page(theme, form)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_move_post(slug: str, code: str) -> Any:
    theme, form = theme_or_404(code), MoveForm()
    try:
        operation = move_theme(
            theme.id,
            consultation_id=visit().consultation_id,
            section_id=an_id(form.section_id.data if form.section_id.data is not None else "none"),
            seen=whole(form.seen.data, otherwise=0),
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        say(form, refusal)
        return _move_page(theme, form), 422
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


@allowed(Permission.EDIT_FRAME)
def theme_retire(slug: str, code: str) -> Any:
    theme, form = theme_or_404(code), RetireForm()
    form.seen.data = str(theme.version)
    return _retire_page(theme, form)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_retire_post(slug: str, code: str) -> Any:
    theme, form = theme_or_404(code), RetireForm()
    try:
        operation = retire_theme(
            theme.id,
            consultation_id=visit().consultation_id,
            goes_to=an_id(form.goes_to.data),
            seen=whole(form.seen.data, otherwise=0),
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        form.goes_to.errors = [str(refusal)]
        return _retire_page(theme, form), 422
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


def _move_page(theme: Any, form: MoveForm) -> str:
    sections = sections_in_use(all_themes(visit().consultation_id))
    form.section_id.choices = [
        *(
            SelectChoice(str(one.id), f"{one.code} {one.label}")
            for one in sections
            if one.id != theme.parent_id
        ),
        *([SelectChoice(NO_SECTION, "No section")] if theme.parent_id else []),
    ]
    return _page("move", theme, form)


def _retire_page(theme: Any, form: RetireForm) -> str:
    others = [one for one in in_use(all_themes(visit().consultation_id)) if one.id != theme.id]
    form.goes_to.choices = [
        SelectChoice("", "Choose a theme"),
        *(SelectChoice(str(one.id), f"{one.code} {one.label}") for one in others),
    ]
    return _page("retire", theme, form, count=theme_count(visit().consultation_id, theme.code))


def _page(name: str, theme: Any, form: FlaskForm, **more: Any) -> str:
    return render_template(
        f"officer/frame/{name}.html",
        theme=theme,
        form=form,
        back_link=url_for(".frame", slug=visit().here.slug),
        back_text="Coding frame",
        **more,
    )
