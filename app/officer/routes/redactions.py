"""Hiding words of one comment, and showing them again."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.cleaning.queries.words import CommentToHide, comment_to_hide
from app.cleaning.refusals import CleaningRefused, ReasonMissing, WordsNotThere
from app.cleaning.services.redact import leave_found, show_again
from app.enums import Permission
from app.officer.forms.cleaning import KIND_CHOICES, HideForm, ReasonForm, chosen_spans
from app.officer.routes.clean import go_on
from app.reporting.services.redact import accept_found, redact
from app.responses.hidden import KINDS
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

TICK_ONE = "Tick the words to hide, or say below that there is nothing to hide"


@allowed(Permission.CODE)
def hide(slug: str, comment_id: uuid.UUID) -> str:
    return _page(_comment_or_404(comment_id), recorded=look("comment"))


@allowed(Permission.CODE)
@writes
def hide_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), HideForm()
    decides = visit().may(Permission.REDACT)
    if not form.validate():
        return _page(found, form=form), 422
    try:
        rows = redact(
            comment_id,
            words=form.words.data or "",
            kind=form.kind.data or "other",
            reason=form.reason.data or "",
            everywhere=bool(form.everywhere.data),
            decides=decides,
            original=visit().may(Permission.READ_ORIGINAL),
            actor=visit().actor,
            now=now(),
        )
    except CleaningRefused as refusal:
        field = form.words if isinstance(refusal, WordsNotThere) else form.reason
        field.errors = [str(refusal)]
        return _page(found, form=form), 422
    places = f"{len(rows)} {'place' if len(rows) == 1 else 'places'}"
    flash(f"Hidden in {places}." if decides else f"Proposed, in {places}. A lead decides.", "success")
    return redirect(url_for(".hide", slug=slug, comment_id=comment_id), 303)


@allowed(Permission.REDACT)
@writes
def hide_found_post(slug: str, comment_id: uuid.UUID) -> Any:
    found = _comment_or_404(comment_id)
    kinds = chosen_spans(request.form, {one.id for one in found.waiting})
    if not kinds:
        return _page(found, error_list=[(TICK_ONE, "#found")]), 422

    def act() -> str:
        rows = accept_found(comment_id, kinds=kinds, actor=visit().actor, now=now())
        return f"Hidden in {len(rows)} {'place' if len(rows) == 1 else 'places'}."

    return _try(found, act)


@allowed(Permission.REDACT)
@writes
def hide_nothing_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), ReasonForm(prefix="nothing")

    def act() -> str:
        leave_found(comment_id, reason=form.reason.data or "", actor=visit().actor, now=now())
        return "Saved: nothing more to hide."

    return _try(found, act, nothing=form)


@allowed(Permission.REDACT)
@writes
def hide_undo_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), ReasonForm(prefix="again")
    chosen = next((one for one in found.hidden if str(one.id) == request.form.get("redaction")), None)
    if chosen is None:
        flash("Those words had been shown again already.", "info")
        return redirect(url_for(".hide", slug=slug, comment_id=comment_id), 303)

    def act() -> str:
        show_again(chosen.id, reason=form.reason.data or "", actor=visit().actor, now=now())
        return "The words are shown again."

    return _try(found, act, stay=True, again=form)


def _try(found: CommentToHide, act: Callable[[], str], *, stay: bool = False, **forms: ReasonForm) -> Any:
    try:
        said = act()
    except CleaningRefused as refusal:
        form = next(iter(forms.values()), None)
        if isinstance(refusal, ReasonMissing) and form is not None:
            form.reason.errors = [str(refusal)]
            return _page(found, refused=form, **forms), 422
        return _page(found, error_list=[(str(refusal), None)]), 422
    flash(said, "success")
    if stay:
        return redirect(url_for(".hide", slug=visit().here.slug, comment_id=found.id), 303)
    return go_on("personal", but=str(found.id))


def _comment_or_404(comment_id: uuid.UUID) -> CommentToHide:
    original = visit().may(Permission.READ_ORIGINAL)
    found = comment_to_hide(visit().consultation_id, comment_id, original=original)
    if found is None:
        abort(404)
    return found


def _page(
    found: CommentToHide,
    *,
    recorded: str | None = None,
    form: HideForm | None = None,
    refused: ReasonForm | None = None,
    nothing: ReasonForm | None = None,
    again: ReasonForm | None = None,
    **more: Any,
) -> str:
    slug = visit().here.slug
    return render_template(
        "officer/clean/hide.html",
        found=found,
        kinds=KINDS,
        kind_choices=KIND_CHOICES,
        hide_form=form or HideForm(formdata=None),
        nothing=nothing or ReasonForm(formdata=None, prefix="nothing"),
        again=again or ReasonForm(formdata=None, prefix="again"),
        undoing=request.form.get("redaction", ""),
        form=form or refused,
        decides=visit().may(Permission.REDACT),
        original=visit().may(Permission.READ_ORIGINAL),
        back_link=url_for(".clean_tab", slug=slug, tab="personal"),
        back_text="Personal details",
        recorded=recorded,
        **more,
    )
