"""Leaving a response out of the analysis, putting it back, and deciding on a late one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from app.enums import ExclusionReason, Permission
from app.officer.forms.exclusion import ExcludeForm, LateForm, RestoreForm
from app.officer.routes.clean import go_on
from app.officer.routes.responses import response_or_404
from app.responses.queries.one import ResponseWhole
from app.responses.services.exclude import (
    REASONS,
    ExclusionRefused,
    NoteMissing,
    OtherResponseMissing,
    exclude,
    settle_late,
)
from app.responses.services.restore import restore
from app.themes.queries.fitting import late_fits
from app.themes.services.ask_to_learn import ask_to_learn
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.EXCLUDE)
def show_exclude(slug: str, reference: str) -> str:
    """`?reason=combined` comes with the reason chosen, for two replies of one person."""
    asked = request.args.get("reason", "")
    form = ExcludeForm(reason=asked) if asked in {reason.value for reason in REASONS} else ExcludeForm()
    return _page("exclude", response_or_404(reference), form)


@allowed(Permission.EXCLUDE)
@writes
def exclude_post(slug: str, reference: str) -> Any:
    found, form = response_or_404(reference), ExcludeForm()
    if not form.validate():
        return _page("exclude", found, form), 422
    try:
        exclude(
            found.response.id,
            reason=ExclusionReason(form.reason.data),
            note=form.note.data or "",
            stays=form.stays.data or "",
            actor=visit().actor,
            now=now(),
        )
    except ExclusionRefused as refusal:
        return _refused("exclude", found, form, refusal)
    return _done(slug, reference, f"{reference} is left out of the analysis.")


@allowed(Permission.EXCLUDE)
def show_restore(slug: str, reference: str) -> str:
    return _page("restore", response_or_404(reference), RestoreForm())


@allowed(Permission.EXCLUDE)
@writes
def restore_post(slug: str, reference: str) -> Any:
    found, form = response_or_404(reference), RestoreForm()
    try:
        restore(found.response.id, reason=form.note.data or "", actor=visit().actor, now=now())
    except ExclusionRefused as refusal:
        form.validate()
        return _refused("restore", found, form, refusal)
    ask_to_learn(visit().consultation_id, now=now())
    return _done(slug, reference, f"{reference} is in the analysis again.")


@allowed(Permission.EXCLUDE)
def show_late(slug: str, reference: str) -> str:
    return _page("late", response_or_404(reference), LateForm())


@allowed(Permission.EXCLUDE)
@writes
def late_post(slug: str, reference: str) -> Any:
    return _settle_late(slug, reference)


@allowed(Permission.EXCLUDE)
def clean_late(slug: str, reference: str) -> str:
    """The same page, as one of the queue."""
    return _page("late", response_or_404(reference), LateForm(), in_queue=True)


@allowed(Permission.EXCLUDE)
@writes
def clean_late_post(slug: str, reference: str) -> Any:
    answer = _settle_late(slug, reference, in_queue=True)
    return answer if isinstance(answer, tuple) else go_on("late", but=reference)


def _settle_late(slug: str, reference: str, *, in_queue: bool = False) -> Any:
    found, form = response_or_404(reference), LateForm()
    if not form.validate():
        return _page("late", found, form, in_queue=in_queue), 422
    count_it = form.decision.data == "count"
    try:
        settle_late(
            found.response.id, count_it=count_it, note=form.note.data or "", actor=visit().actor, now=now()
        )
    except ExclusionRefused as refusal:
        return _refused("late", found, form, refusal, in_queue=in_queue)
    if count_it:
        ask_to_learn(visit().consultation_id, now=now())
    decided = "counts from now on" if count_it else "is left out as late"
    return _done(slug, reference, f"{reference} {decided}.")


def _page(name: str, found: ResponseWhole, form: FlaskForm, *, in_queue: bool = False) -> str:
    slug, reference = visit().here.slug, found.response.reference
    back = url_for(".response", slug=slug, reference=reference)
    return render_template(
        f"officer/responses/{name}.html",
        found=found,
        form=form,
        action=url_for(".clean_late_post" if in_queue else ".late_post", slug=slug, reference=reference),
        back_link=url_for(".clean_tab", slug=slug, tab="late") if in_queue else back,
        fit=late_fits(visit().consultation_id, [reference]).get(reference) if name == "late" else None,
    )


def _refused(
    name: str, found: ResponseWhole, form: FlaskForm, refusal: ExclusionRefused, *, in_queue: bool = False
) -> tuple[str, int]:
    if isinstance(refusal, OtherResponseMissing):
        form.stays.errors = [str(refusal)]
    elif isinstance(refusal, NoteMissing):
        form.note.errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
    return _page(name, found, form, in_queue=in_queue), 422


def _done(slug: str, reference: str, said: str) -> Any:
    flash(said, "success")
    return redirect(url_for(".response", slug=slug, reference=reference), 303)
