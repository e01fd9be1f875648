"""Signing the coding off, and reopening it."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.consultations.services.change_stage import StageRefused
from app.enums import Permission, Stage
from app.officer.forms.stages import MoveForm
from app.themes.queries.sign_off import checklist, sign_offs_of
from app.themes.refusals import Refusal
from app.themes.services.sign_off import reopen
from app.themes.services.sign_off import sign_off as sign
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def sign_off(slug: str) -> str:
    return _page(MoveForm(formdata=None))


@allowed(Permission.SIGN_OFF)
@writes
def sign_off_post(slug: str) -> Any:
    try:
        sign(visit().here, actor=visit().actor, now=now())
    except (Refusal, StageRefused) as refusal:
        return _page(MoveForm(formdata=None), error_list=[(str(refusal), "#checklist")]), 422
    flash("The coding is signed off. The frame and the numbers are kept as they are now.", "success")
    return redirect(url_for(".sign_off", slug=slug), 303)


@allowed(Permission.SIGN_OFF)
@writes
def sign_off_reopen_post(slug: str) -> Any:
    form = MoveForm()
    try:
        reopen(visit().here, reason=form.reason.data or "", actor=visit().actor, now=now())
    except StageRefused as refusal:
        form.reason.errors = [str(refusal)]
        return _page(form), 422
    flash("The coding is open again.", "success")
    return redirect(url_for(".sign_off", slug=slug), 303)


def _page(form: MoveForm, **more: Any) -> str:
    here, slug = visit().here, visit().here.slug
    form.reason.label.text = "Why is it reopened?"
    signed = sign_offs_of(here.id)
    return render_template(
        "officer/sign_off/sign_off.html",
        form=form,
        checks=checklist(here, now=now()),
        standing=next((one for one in signed if one.reopened_at is None), None),
        earlier=[one for one in signed if one.reopened_at is not None],
        may_sign=visit().may(Permission.SIGN_OFF),
        published=here.stage in (Stage.REPORTED, Stage.ARCHIVED),
        works={
            "stage": url_for(".stage", slug=slug),
            "undecided": url_for(".comments", slug=slug, disposition="undecided"),
            "late": url_for(".responses", slug=slug, reason="late_undecided"),
            "agreement": url_for(".agreement", slug=slug),
            "differences": url_for(".agreement_differences", slug=slug),
            "frame": url_for(".frame", slug=slug),
        },
        **more,
    )
