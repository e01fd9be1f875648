"""The ledger of campaigns and petitions, and what is decided about one."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from app.cleaning.refusals import CleaningRefused, PetitionThere
from app.cleaning.services.petitions import not_a_petition, record_petition
from app.enums import CampaignTreatment, Permission, Stance
from app.officer.forms import words
from app.officer.forms.asked import address, whole
from app.officer.forms.bulk import ticked
from app.officer.forms.campaigns import (
    COPY,
    TREATMENT,
    AddSenderForm,
    PetitionForm,
    TemplateForm,
    TreatmentForm,
    seen_petition,
)
from app.officer.forms.coding import chosen_theme
from app.themes.queries.campaigns import CampaignWhole, campaign_whole, campaigns, petitions
from app.themes.queries.frame import all_themes, frame_of, matching
from app.themes.refusals import NotOneOfItsSenders, QuoteNotInComment, Refusal
from app.themes.services.campaign_members import add_response, put_back, take_out
from app.themes.services.code_campaign import (
    code_template,
    code_those_without,
    nothing_to_add,
    uncode_template,
)
from app.themes.services.treat_campaign import treat
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def ledger(slug: str) -> str:
    return _ledger(recorded=look("campaigns"))


@allowed(Permission.EXCLUDE)
@writes
def petition_post(slug: str) -> Any:
    form = PetitionForm()
    if not form.validate():
        return _ledger(form), 422
    try:
        record_petition(
            visit().consultation_id,
            reference=form.reference.data or "",
            title=form.title.data or "",
            signatories=form.signatories.data or 0,
            seen=seen_petition(request.form),
            actor=visit().actor,
            now=now(),
        )
    except CleaningRefused as refusal:
        if isinstance(refusal, PetitionThere):
            form.replaces(refusal.title, refusal.signatories)
        form.reference.errors = [str(refusal)]
        return _ledger(form), 422
    flash("The petition is recorded. Its signatures are not added to responses.", "success")
    return redirect(url_for(".campaigns", slug=slug), 303)


@allowed(Permission.EXCLUDE)
@writes
def petition_remove_post(slug: str) -> Any:
    reference, seen = request.form.get("reference", ""), seen_petition(request.form)
    try:
        not_a_petition(
            visit().consultation_id, reference=reference, seen=seen, actor=visit().actor, now=now()
        )
    except CleaningRefused as refusal:
        return _ledger(error_list=[(str(refusal), None)]), 422
    said = f" with “{seen[0]}” and {seen[1]:,} signatures" if seen else ""
    flash(f"{reference} is a response like any other. To take that back, record it again{said}.", "success")
    return redirect(url_for(".campaigns", slug=slug), 303)


@allowed(Permission.READ_REDACTED)
def campaign(slug: str, campaign_id: uuid.UUID) -> str:
    return _page(_campaign_or_404(campaign_id), recorded=look("campaigns"))


@allowed(Permission.EXCLUDE)
@writes
def campaign_post(slug: str, campaign_id: uuid.UUID) -> Any:
    found, form = _campaign_or_404(campaign_id), TreatmentForm()
    if not form.validate():
        return _page(found, treatment=form), 422

    def act() -> str:
        treat(
            campaign_id,
            treatment=CampaignTreatment(form.treatment.data),
            text=form.note.data or "",
            name=form.name.data or "",
            seen=whole(form.version.data, otherwise=None),
            actor=visit().actor,
            now=now(),
        )
        return "Saved."

    return _try(found, act, treatment=form)


@allowed(Permission.EDIT_FRAME)
@writes
def campaign_theme_post(slug: str, campaign_id: uuid.UUID) -> Any:
    found, form = _campaign_or_404(campaign_id), TemplateForm()
    theme = chosen_theme(form, all_themes(visit().consultation_id))
    if theme is None:
        return _page(found, template=form), 422

    def act() -> str:
        added = code_template(
            campaign_id,
            theme_id=theme.id,
            stance=Stance(form.stance.data),
            words=form.words.data or "",
            actor=visit().actor,
            now=now(),
        )
        return f"{theme.code} {theme.label} is on {added} comments of this campaign now."

    return _try(found, act, template=form)


@allowed(Permission.EDIT_FRAME)
@writes
def campaign_theme_remove_post(slug: str, campaign_id: uuid.UUID) -> Any:
    found = _campaign_or_404(campaign_id)
    asked = (request.form.get("theme", ""), request.form.get("stance", ""))
    one = next((c for c in found.codings if (c.code, c.stance.value) == asked), None)
    if one is None:
        flash("That theme had been removed already.", "info")
        return redirect(url_for(".campaign", slug=slug, campaign_id=campaign_id), 303)

    def act() -> str:
        taken = uncode_template(
            campaign_id, theme_id=one.theme_id, stance=one.stance, actor=visit().actor, now=now()
        )
        return f"{one.code} {one.label} is taken off {taken} comments."

    return _try(found, act)


@allowed(Permission.EDIT_FRAME)
@writes
def campaign_rest_post(slug: str, campaign_id: uuid.UUID) -> Any:
    def act() -> str:
        return f"{code_those_without(campaign_id, actor=visit().actor, now=now())} codings added."

    return _try(_campaign_or_404(campaign_id), act)


@allowed(Permission.EXCLUDE)
@writes
def campaign_sender_post(slug: str, campaign_id: uuid.UUID) -> Any:
    """Takes one out or puts one back."""
    found = _campaign_or_404(campaign_id)
    out = request.form.get("do") == "out"
    chosen = ticked([request.form.get("member", "")])

    def act() -> str:
        for member in chosen:
            (take_out if out else put_back)(member, campaign_id=campaign_id, actor=visit().actor, now=now())
        return "Taken out of this campaign." if out else "Put back into this campaign."

    return _try(found, act)


@allowed(Permission.EXCLUDE)
@writes
def campaign_add_post(slug: str, campaign_id: uuid.UUID) -> Any:
    found, form = _campaign_or_404(campaign_id), AddSenderForm()
    if not form.validate():
        return _page(found, add=form), 422

    def act() -> str:
        add_response(campaign_id, reference=form.reference.data or "", actor=visit().actor, now=now())
        return "Added to this campaign."

    return _try(found, act, add=form)


@allowed(Permission.CODE)
@writes
def campaign_own_words_post(slug: str, campaign_id: uuid.UUID) -> Any:
    chosen = ticked([request.form.get("comment", "")])

    def act() -> str:
        for one in chosen:
            nothing_to_add(one, campaign_id=campaign_id, actor=visit().actor, now=now())
        return "Saved: its own words add no theme."

    return _try(_campaign_or_404(campaign_id), act)


def _try(found: CampaignWhole, act: Callable[[], str], **forms: FlaskForm) -> Any:
    try:
        said = act()
    except Refusal as refusal:
        form = next(iter(forms.values()), None)
        field = _field(form, refusal)
        if field is None:
            return _page(_campaign_or_404(found.id), error_list=[(str(refusal), None)], **forms), 422
        field.errors = [str(refusal)]
        return _page(found, **forms), 422
    flash(said, "success")
    return redirect(url_for(".campaign", slug=visit().here.slug, campaign_id=found.id), 303)


def _field(form: FlaskForm | None, refusal: Refusal) -> Any:
    if isinstance(form, TemplateForm):
        return form.words if isinstance(refusal, QuoteNotInComment) else form.theme
    return (
        form.reference
        if isinstance(form, AddSenderForm) and isinstance(refusal, NotOneOfItsSenders)
        else None
    )


def _campaign_or_404(campaign_id: uuid.UUID) -> CampaignWhole:
    page = whole(request.args.get("page"), otherwise=1)
    found = campaign_whole(visit().consultation_id, campaign_id, page=page)
    if found is None:
        abort(404)
    return found


def _ledger(form: PetitionForm | None = None, **more: Any) -> str:
    return render_template(
        "officer/campaigns/list.html",
        campaigns=campaigns(visit().consultation_id),
        petitions=petitions(visit().consultation_id),
        treatments=TREATMENT,
        petition=form or PetitionForm(formdata=None),
        form=form,
        may_decide=visit().may(Permission.EXCLUDE),
        **{"recorded": None, **more},
    )


def _page(
    found: CampaignWhole,
    *,
    treatment: FlaskForm | None = None,
    template: FlaskForm | None = None,
    add: FlaskForm | None = None,
    recorded: str | None = None,
    **more: Any,
) -> str:
    shown = TreatmentForm(
        formdata=None, name=found.name, treatment=found.treatment.value, note=found.note,
        version=str(found.version),
    )  # fmt: skip
    here = url_for(".campaign", slug=visit().here.slug, campaign_id=found.id)
    return render_template(
        "officer/campaigns/one.html",
        found=found,
        copies=COPY,
        words=words,
        nets=matching(frame_of(visit().consultation_id), ""),
        treatment=treatment or shown,
        template=template or TemplateForm(formdata=None),
        add=add or AddSenderForm(formdata=None),
        form=treatment or template or add,
        may_decide=visit().may(Permission.EXCLUDE),
        may_code_all=visit().may(Permission.EDIT_FRAME),
        may_code=visit().may(Permission.CODE),
        page_url=lambda number: address(here, {}, page=str(number)),
        back_link=url_for(".campaigns", slug=visit().here.slug),
        back_text="Campaigns",
        recorded=recorded,
        **more,
    )
