"""The engagement report: the preview, its releases, and what the public sees of them."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from app.enums import Permission, ReleaseState
from app.mail.words import Words
from app.officer.forms.report import ConfirmForm, FreezeForm, WithdrawForm
from app.rendering.mail import report_mail
from app.reporting.queries.compose import preview
from app.reporting.queries.releases import Release, release_for_viewers, release_of, releases_of
from app.reporting.refusals import ReportRefused
from app.reporting.services.freeze import coding_signed_off, freeze, may_freeze, next_number
from app.reporting.services.release import publish, withdraw
from app.web import mail
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

SEEN_BY_ALL = (ReleaseState.PUBLISHED, ReleaseState.EMBARGOED)


@allowed(Permission.SEE_REPORT)
def show(slug: str) -> str:
    """Who may see counts reads the report as it would be now; the others a release, once there is one."""
    here = visit()
    if not here.may(Permission.SEE_COUNTS):
        found = release_for_viewers(here.consultation_id)
        return _release_page(found) if found else render_template("officer/report/none.html")
    recorded = look("report")
    report, waiting = preview(here.here, now=now())
    return render_template(
        "officer/report/show.html",
        report=report,
        waiting=waiting,
        recorded=recorded,
        lists_at=_lists_at(),
        releases=releases_of(here.consultation_id),
        closed=may_freeze(here.here, now=now()),
        signed_off=coding_signed_off(here.here),
        may_write=here.may(Permission.WRITE_REPORT),
        may_publish=here.may(Permission.PUBLISH),
    )


@allowed(Permission.SEE_REPORT)
def release(slug: str, number: int) -> str:
    found = _release_or_404(number)
    if found.state not in SEEN_BY_ALL and not visit().may(Permission.SEE_COUNTS):
        abort(403)
    return _release_page(found)


@allowed(Permission.WRITE_REPORT)
def show_freeze(slug: str) -> str:
    return _freeze_page(FreezeForm())


@allowed(Permission.WRITE_REPORT)
@writes
def freeze_post(slug: str) -> Any:
    form = FreezeForm()
    number = form.number.data if form.validate() else None
    try:
        frozen = freeze(visit().here, actor=visit().actor, now=now(), number=number)
    except ReportRefused as refusal:
        form.form_errors.append(str(refusal))
        return _freeze_page(form), 422
    flash(f"The report is frozen as release {frozen.number}.", "success")
    return redirect(url_for(".report_release", slug=slug, number=frozen.number), 303)


@allowed(Permission.PUBLISH)
def show_publish(slug: str, number: int) -> str:
    return _confirm_page("publish", ConfirmForm(), release=_release_or_404(number))


@allowed(Permission.PUBLISH)
@writes
def publish_post(slug: str, number: int) -> Any:
    found = _release_or_404(number)
    try:
        publish(found.id, actor=visit().actor, now=now(), news=_news())
    except ReportRefused as refusal:
        return _refused("publish", ConfirmForm(), refusal, release=found)
    flash(f"Release {number} is published.", "success")
    return redirect(url_for(".report", slug=slug), 303)


def _news() -> dict[str, Words]:
    here = visit().here
    if not mail.is_written():
        return {}
    link = mail.address("public.report", slug=here.slug)
    return {language: report_mail(here, language=language, link=link) for language in here.languages}


@allowed(Permission.PUBLISH)
def show_withdraw(slug: str, number: int) -> str:
    return _confirm_page("withdraw", WithdrawForm(), release=_release_or_404(number))


@allowed(Permission.PUBLISH)
@writes
def withdraw_post(slug: str, number: int) -> Any:
    found, form = _release_or_404(number), WithdrawForm()
    if not form.validate():
        return _confirm_page("withdraw", form, release=found), 422
    try:
        withdraw(found.id, reason=form.reason.data or "", actor=visit().actor, now=now())
    except ReportRefused as refusal:
        return _refused("withdraw", form, refusal, release=found)
    flash(f"Release {number} is withdrawn. The public no longer sees it.", "success")
    return redirect(url_for(".report", slug=slug), 303)


def _release_or_404(number: int) -> Release:
    found = release_of(visit().consultation_id, number)
    return found if found is not None else abort(404)


def _release_page(found: Release) -> str:
    return render_template(
        "officer/report/release.html",
        release=found,
        report=found.report,
        lists_at=None,  # the lists hold what is there now, not what was frozen
        may_publish=visit().may(Permission.PUBLISH),
        back_link=url_for(".report", slug=visit().here.slug),
    )


def _confirm_page(name: str, form: FlaskForm, **given: object) -> str:
    back = url_for(".report", slug=visit().here.slug)
    return render_template(f"officer/report/{name}.html", form=form, back_link=back, **given)


def _freeze_page(form: FreezeForm) -> str:
    here = visit().here
    return _confirm_page(
        "freeze",
        form,
        number=next_number(here),
        may_freeze=may_freeze(here, now=now()),
        signed_off=coding_signed_off(here),
    )


def _refused(name: str, form: FlaskForm, refusal: ReportRefused, **given: object) -> tuple[str, int]:
    form.form_errors.append(str(refusal))
    return _confirm_page(name, form, **given), 422


def _lists_at() -> str | None:
    """Where numbers open their lists, for those who may read them."""
    here = visit()
    return f"/officer/c/{here.here.slug}" if here.may(Permission.READ_REDACTED) else None
