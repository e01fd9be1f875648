"""One comment with words of abuse or of a need for help."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from app.cleaning.queries.safety import CommentOfConcern, comment_of_concern
from app.cleaning.refusals import CleaningRefused
from app.cleaning.services.settle_flags import raise_safety_again, settle_safety
from app.enums import Permission
from app.officer.forms.cleaning import ReasonForm, SafetyForm
from app.officer.routes.clean import go_on
from app.themes.queries.handling import handling_labels
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes


@allowed(Permission.CODE)
def safety(slug: str, comment_id: uuid.UUID) -> str:
    return _page(_comment_or_404(comment_id), recorded=look("comment"))


@allowed(Permission.EXCLUDE)
@writes
def safety_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), SafetyForm()
    if not form.validate():
        return _page(found, settle=form), 422
    said = ": ".join(filter(None, ((form.done.data or "").capitalize(), (form.note.data or "").strip())))
    try:
        settle_safety(comment_id, done=said, actor=visit().actor, now=now())
    except CleaningRefused as refusal:
        form.done.errors = [str(refusal)]
        return _page(_comment_or_404(comment_id), settle=form), 422
    flash("Saved.", "success")
    return go_on("safety", but=str(comment_id))


@allowed(Permission.EXCLUDE)
@writes
def safety_again_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), ReasonForm()
    if not form.validate():
        return _page(found, again=form), 422
    try:
        raise_safety_again(comment_id, reason=form.reason.data or "", actor=visit().actor, now=now())
    except CleaningRefused as refusal:
        form.reason.errors = [str(refusal)]
        return _page(found, again=form), 422
    flash("It waits again.", "success")
    return redirect(url_for(".safety", slug=slug, comment_id=comment_id), 303)


def _comment_or_404(comment_id: uuid.UUID) -> CommentOfConcern:
    original = visit().may(Permission.READ_ORIGINAL)
    found = comment_of_concern(visit().consultation_id, comment_id, original=original)
    if found is None:
        abort(404)
    return found


def _page(
    found: CommentOfConcern,
    *,
    recorded: str | None = None,
    settle: SafetyForm | None = None,
    again: ReasonForm | None = None,
) -> str:
    return render_template(
        "officer/clean/safety.html",
        found=found,
        labels=handling_labels(visit().here),
        settle=settle or SafetyForm(formdata=None),
        again=again or ReasonForm(formdata=None),
        form=settle or again,
        may_decide=visit().may(Permission.EXCLUDE),
        back_link=url_for(".clean_tab", slug=visit().here.slug, tab="safety"),
        back_text="Concern for safety",
        recorded=recorded,
    )
