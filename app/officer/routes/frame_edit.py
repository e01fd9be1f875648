"""Adding a theme or a section, and changing what the frame says about one."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from app.counting.themes import theme_count
from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.frame import NAMES, NO_SECTION, SHOWN, SectionForm, ThemeForm, written
from app.officer.routes.from_difference import asked_of, came_from
from app.themes.frame_refusals import FieldRefused, ThemeChanged
from app.themes.queries.frame import all_themes, sections_in_use
from app.themes.queries.frame_changes import changed_since, theme_with_code
from app.themes.refusals import Refusal
from app.themes.services.add_theme import NewTheme, add_theme
from app.themes.services.edit_theme import edit_theme
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

THEIRS, YOURS = "theirs", "yours"
OTHER = "Another officer"


@allowed(Permission.EDIT_FRAME)
def theme_add(slug: str) -> str:
    form = _theme_form()
    sections, asked = _sections(), request.args.get("section", "")
    chosen = next((one for one in sections if one.code == asked), sections[0] if sections else None)
    form.section_id.data = str(chosen.id) if chosen else NO_SECTION
    return _add_page("theme", form)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_add_post(slug: str) -> Any:
    form = _theme_form()
    if not form.validate():
        return _add_page("theme", form), 422
    return _add("theme", form, form.new_theme())


@allowed(Permission.EDIT_FRAME)
def section_add(slug: str) -> str:
    return _add_page("section", SectionForm())


@allowed(Permission.EDIT_FRAME)
@writes
def section_add_post(slug: str) -> Any:
    form = SectionForm()
    if not form.validate():
        return _add_page("section", form), 422
    return _add("section", form, form.new_theme())


@allowed(Permission.EDIT_FRAME)
def theme_edit(slug: str, code: str) -> Any:
    theme = theme_or_404(code)
    if theme.merged_into_id or theme.retired_at:
        return redirect(url_for(".theme", slug=slug, code=code), 303)
    form = _theme_form()
    form.show(theme)
    return _edit_page(theme, form)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_edit_post(slug: str, code: str) -> Any:
    theme, form = theme_or_404(code), _theme_form()
    if not form.validate():
        return _edit_page(theme, form), 422
    given = {name: value for name, value in form.given().items() if not _kept_as_theirs(name)}
    if theme.is_net:
        given.pop("section_id", None)
    try:
        operation = edit_theme(
            theme.id,
            consultation_id=visit().consultation_id,
            seen=whole(form.seen.data, otherwise=0),
            given=given,
            read_again=form.read_again.data == "yes",
            actor=visit().actor,
            now=now(),
        )
    except ThemeChanged:
        return _conflict_page(theme, form), 422
    except Refusal as refusal:
        say(form, refusal)
        return _edit_page(theme, form), 422
    if operation is None:
        asked = " No comment is asked to be read again." if form.read_again.data == "yes" else ""
        flash(f"{theme.code} is as it was: nothing was changed.{asked}", "info")
        return redirect(came_from()["back_link"], 303)
    if asked_of():
        flash(f"{theme.code} was changed. The history of the frame can undo it.", "success")
        return redirect(came_from()["back_link"], 303)
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


def theme_or_404(code: str) -> Any:
    found = theme_with_code(visit().consultation_id, code)
    if found is None:
        abort(404)
    return found


def say(form: FlaskForm, refusal: Refusal) -> None:
    """Beside its field, or above the form."""
    field = refusal.field if isinstance(refusal, FieldRefused) else ""
    if field in form:
        form[field].errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))


def _add(what: str, form: Any, new: NewTheme) -> Any:
    try:
        _, operation = add_theme(new, consultation_id=visit().consultation_id, actor=visit().actor, now=now())
    except Refusal as refusal:
        say(form, refusal)
        return _add_page(what, form), 422
    return redirect(url_for(".frame", slug=visit().here.slug, done=operation.id), 303)


def _theme_form() -> ThemeForm:
    form = ThemeForm()
    form.offer(_sections())
    return form


def _sections() -> list[Any]:
    return sections_in_use(all_themes(visit().consultation_id))


def _kept_as_theirs(name: str) -> bool:
    return request.form.get(f"pick-{name}") == THEIRS


def _add_page(what: str, form: FlaskForm) -> str:
    return render_template(
        "officer/frame/add.html", form=form, what=what, back_link=_frame(), back_text="Coding frame"
    )


def _edit_page(theme: Any, form: ThemeForm) -> str:
    count = None if theme.is_net else theme_count(visit().consultation_id, theme.code)
    coded = count.comments if count else 0
    these = "the comment" if coded == 1 else f"the {coded:,} comments"
    form.read_again.label.text = f"Ask for {these} coded here to be read again?"
    return render_template(
        "officer/frame/edit.html",
        form=form,
        theme=theme,
        coded=coded,
        **came_from(),
    )


def _conflict_page(theme: Any, form: ThemeForm) -> str:
    """Theirs and yours side by side where they differ; yours stands where only you changed a field."""
    theirs = written(theme)
    by = changed_since(theme.id, whole(form.seen.data, otherwise=0))
    sections = {str(one.id): f"{one.code} {one.label}" for one in _sections()}
    yours = {name: form[name].data or "" for name in SHOWN}
    differing = [name for name in SHOWN if _plain(yours[name]) != _plain(theirs[name])]
    form.seen.data = str(theme.version)
    return render_template(
        "officer/frame/conflict.html",
        form=form,
        theme=theme,
        by=by,
        rows=[
            (
                name,
                NAMES[name],
                sections.get(theirs[name], theirs[name]),
                sections.get(yours[name], yours[name]),
                THEIRS if by and name in by.fields else YOURS,
            )
            for name in differing
        ],
        sent={**yours, "read_again": form.read_again.data or "no"},
        error_list=[(f"{by.officer if by else OTHER} changed this theme while you were writing.", "#fields")],
        **came_from(),
    )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _frame() -> str:
    return url_for(".frame", slug=visit().here.slug)
