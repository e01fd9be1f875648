"""Responses that may be one, a test, blank or late: does each count?"""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.cleaning.queries.pair import ItemShown, pair_shown, single_shown
from app.cleaning.refusals import CleaningRefused
from app.cleaning.services.decide_response import decide, item_for, reopen
from app.enums import CleaningDecision, CleaningKind, ExclusionReason, Permission
from app.officer.forms import words
from app.officer.forms.asked import whole
from app.officer.forms.cleaning import PairForm, ReasonForm, SingleForm
from app.officer.routes.clean import LABELS, go_on, item_address
from app.responses.queries.choices import words as labels_of
from app.themes.services.ask_to_learn import ask_to_learn
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

KINDS = {"tests": CleaningKind.TEST, "blank": CleaningKind.BLANK}
WHY_ONCE = "Choose why it counts once"


@allowed(Permission.CODE)
def pair(slug: str, item_id: uuid.UUID) -> str:
    found = _pair_or_404(item_id)
    form = PairForm(formdata=None, version=str(found.version))
    return _page("duplicates", str(item_id), found, decide_form=form, recorded=look("clean"))


@allowed(Permission.EXCLUDE)
@writes
def pair_post(slug: str, item_id: uuid.UUID) -> Any:
    found, form = _pair_or_404(item_id), PairForm()
    valid = form.validate()
    once = form.decision.data == CleaningDecision.LEFT_OUT.value
    if once and not form.reason.data:
        form.reason.errors, valid = [WHY_ONCE], False
    if not valid:
        return _page("duplicates", str(item_id), found, decide_form=form, refused=form), 422
    try:
        decide(
            item_id,
            decision=CleaningDecision(form.decision.data),
            reason=ExclusionReason(form.reason.data) if once else None,
            note=form.note.data or "",
            seen=whole(form.version.data, otherwise=None),
            actor=visit().actor,
            now=now(),
        )
    except CleaningRefused as refusal:
        form.decision.errors = [str(refusal)]
        shown = _pair_or_404(item_id)
        return _page("duplicates", str(item_id), shown, decide_form=form, refused=form), 422
    flash("Put off." if form.decision.data == CleaningDecision.LATER.value else "Saved.", "success")
    return go_on("duplicates", but=str(item_id))


@allowed(Permission.EXCLUDE)
@writes
def pair_again_post(slug: str, item_id: uuid.UUID) -> Any:
    found, form = _pair_or_404(item_id), ReasonForm()
    return _reopen(item_id, "duplicates", str(item_id), found, form)


@allowed(Permission.CODE)
def single(slug: str, reference: str) -> str:
    tab = _tab()
    found = _single_or_404(tab, reference)
    form = SingleForm(formdata=None)
    return _page(tab, reference, found, decide_form=form, recorded=look("clean"))


@allowed(Permission.EXCLUDE)
@writes
def single_post(slug: str, reference: str) -> Any:
    tab = _tab()
    found, form = _single_or_404(tab, reference), SingleForm()
    if not form.validate():
        return _page(tab, reference, found, decide_form=form, refused=form), 422
    counts = form.decision.data == CleaningDecision.COUNTS.value
    try:
        item = item_for(found.later.response.id, kind=KINDS[tab])
        decide(
            item.id,
            decision=CleaningDecision.COUNTS if counts else CleaningDecision.LEFT_OUT,
            reason=None if counts else ExclusionReason(form.decision.data),
            note=form.note.data or "",
            actor=visit().actor,
            now=now(),
        )
    except CleaningRefused as refusal:
        form.decision.errors = [str(refusal)]
        return _page(tab, reference, found, decide_form=form, refused=form), 422
    flash(f"{reference} {'counts' if counts else 'is left out of the analysis'}.", "success")
    return go_on(tab, but=reference)


@allowed(Permission.EXCLUDE)
@writes
def single_again_post(slug: str, reference: str) -> Any:
    tab = _tab()
    found, form = _single_or_404(tab, reference), ReasonForm()
    if found.id is None:
        abort(404)
    return _reopen(found.id, tab, reference, found, form)


def _tab() -> str:
    """Tests or blank: the two have pages alike, each at an address of its own."""
    return request.path.split("/clean/", 1)[1].split("/", 1)[0]


def _reopen(item_id: uuid.UUID, tab: str, key: str, found: ItemShown, form: ReasonForm) -> Any:
    if not form.validate():
        return _page(tab, key, found, again=form, refused=form), 422
    try:
        reopen(item_id, reason=form.reason.data or "", actor=visit().actor, now=now())
    except CleaningRefused as refusal:
        form.reason.errors = [str(refusal)]
        return _page(tab, key, found, again=form, refused=form), 422
    ask_to_learn(visit().consultation_id, now=now())
    flash("The decision is taken back.", "success")
    return redirect(item_address(tab, key), 303)


def _pair_or_404(item_id: uuid.UUID) -> ItemShown:
    original = visit().may(Permission.READ_ORIGINAL)
    found = pair_shown(visit().consultation_id, item_id, original=original)
    if found is None:
        abort(404)
    return found


def _single_or_404(tab: str, reference: str) -> ItemShown:
    original = visit().may(Permission.READ_ORIGINAL)
    found = single_shown(visit().consultation_id, reference, kind=KINDS[tab], original=original)
    if found is None:
        abort(404)
    return found


def _page(
    tab: str,
    key: str,
    found: ItemShown,
    *,
    decide_form: PairForm | SingleForm | None = None,
    again: ReasonForm | None = None,
    refused: PairForm | SingleForm | ReasonForm | None = None,
    recorded: str | None = None,
) -> str:
    blank = PairForm(formdata=None) if found.earlier else SingleForm(formdata=None)
    return render_template(
        "officer/clean/response.html",
        tab=tab,
        found=found,
        address=item_address(tab, key),
        decide_form=decide_form or blank,
        again=again or ReasonForm(formdata=None),
        form=refused,
        labels=labels_of(visit().consultation_id),
        words=words,
        may_decide=visit().may(Permission.EXCLUDE),
        back_link=url_for(".clean_tab", slug=visit().here.slug, tab=tab),
        back_text=LABELS[tab],
        recorded=recorded,
    )
