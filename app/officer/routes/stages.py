"""Setting the dates of a consultation, moving it through its stages, and extending it."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from app.accounts.roles import STAGES
from app.consultations.queries.stage_changes import StageChange, stage_changes
from app.consultations.queries.timing import grace_ends_at, window
from app.consultations.services.change_dates import BEFORE_OPENING, ClosingTooEarly, extend, set_dates
from app.consultations.services.change_stage import ReasonMissing, StageRefused, change_stage
from app.consultations.stages import Move, moves_from
from app.enums import Permission, Stage
from app.officer.forms.stages import DatesForm, ExtendForm, MoveForm, read_moment, show_moment
from app.rendering.filters import moment as said
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.SET_UP)
def stage(slug: str) -> str:
    here = visit().here
    return render_template(
        "officer/stages/stage.html",
        steps=_steps(here.stage),
        stage=STAGES[here.stage],
        window=window(here, now=now()),
        grace_ends=grace_ends_at(here),
        moves=_offered(),
        before_opening=here.stage in BEFORE_OPENING,
        may_extend=here.stage in (Stage.OPEN, Stage.CLOSED),
        changes=[(change, _sentence(change)) for change in stage_changes(here.id)],
    )


@allowed(Permission.SET_UP)
def dates(slug: str) -> str:
    form = DatesForm()
    show_moment(form, "opens", visit().here.opens_at, zone=visit().here.timezone)
    show_moment(form, "closes", visit().here.closes_at, zone=visit().here.timezone)
    return _page("dates", form)


@allowed(Permission.SET_UP)
@writes
def dates_post(slug: str) -> Any:
    form, zone = DatesForm(), visit().here.timezone
    opens_at = read_moment(form, "opens", zone=zone, what="The opening")
    closes_at = read_moment(form, "closes", zone=zone, what="The closing")
    if opens_at is None or closes_at is None:
        return _page("dates", form), 422
    try:
        set_dates(visit().here.id, opens_at=opens_at, closes_at=closes_at, actor=visit().actor, now=now())
    except StageRefused as refusal:
        return _refused("dates", form, refusal)
    return _done(slug, "The dates are saved.")


@allowed(Permission.SET_UP)
def extension(slug: str) -> str:
    form = ExtendForm()
    show_moment(form, "closes", visit().here.closes_at, zone=visit().here.timezone)
    return _page("extend", form)


@allowed(Permission.SET_UP)
@writes
def extension_post(slug: str) -> Any:
    form = ExtendForm()
    closes_at = read_moment(form, "closes", zone=visit().here.timezone, what="The closing")
    if closes_at is None:
        return _page("extend", form), 422
    try:
        reason = form.reason.data or ""
        extend(visit().here.id, closes_at=closes_at, reason=reason, actor=visit().actor, now=now())
    except StageRefused as refusal:
        return _refused("extend", form, refusal)
    return _done(slug, f"The consultation now closes at {said(closes_at)}.")


@allowed(Permission.SET_UP)
def move(slug: str, name: str) -> str:
    return _page("move", MoveForm(), name=name, move=_offered_or_404(name))


@allowed(Permission.SET_UP)
@writes
def move_post(slug: str, name: str) -> Any:
    form, chosen = MoveForm(), _offered_or_404(name)
    try:
        reason = form.reason.data or ""
        change_stage(visit().here.id, move=name, reason=reason, actor=visit().actor, now=now())
    except StageRefused as refusal:
        return _refused("move", form, refusal, name=name, move=chosen)
    return _done(slug, f"The stage is now: {STAGES[chosen.end].lower()}.")


def _offered() -> dict[str, Move]:
    """The moves from here that this officer may make on this page."""
    found = moves_from(visit().here.stage)
    return {key: one for key, one in found.items() if visit().may(one.right) and not one.elsewhere}


def _offered_or_404(name: str) -> Move:
    return _offered().get(name) or abort(404)


def _steps(current: Stage) -> list[dict[str, str]]:
    order = list(Stage)
    at = order.index(current)
    return [
        {"label": STAGES[one], "state": "done" if number < at else "now" if number == at else "next"}
        for number, one in enumerate(order)
    ]


def _sentence(change: StageChange) -> str:
    if change.action == "moved":
        start, end = STAGES[Stage(change.start)].lower(), STAGES[Stage(change.end)].lower()
        return f"{change.officer} moved it from {start} to {end}."
    start, end = (said(datetime.fromisoformat(time)) for time in (change.start, change.end))
    done = {"dated": "set the closing time", "extended": "extended it", "reopened": "reopened it"}
    return f"{change.officer} {done[change.action]}: from {start} to {end}."


def _page(template: str, form: FlaskForm, **more: Any) -> str:
    back = url_for(".stage", slug=visit().here.slug)
    return render_template(
        f"officer/stages/{template}.html", form=form, back_link=back, stages=STAGES, now=now(), **more
    )


def _refused(template: str, form: FlaskForm, refusal: StageRefused, **more: Any) -> tuple[str, int]:
    if isinstance(refusal, ClosingTooEarly):
        form.closes_day.errors = [str(refusal)]
    elif isinstance(refusal, ReasonMissing):
        form.reason.errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
    return _page(template, form, **more), 422


def _done(slug: str, words: str) -> Any:
    flash(words, "success")
    return redirect(url_for(".stage", slug=slug), 303)
