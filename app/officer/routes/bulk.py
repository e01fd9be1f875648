"""Accepting or dismissing many suggestions of a theme at once: a preview, then the act."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms import bulk as choice
from app.officer.routes.theme import theme_or_404
from app.themes.queries.bulk import preview
from app.themes.queries.cards import cards
from app.themes.refusals import Refusal
from app.themes.services.decide_in_bulk import accept_in_bulk, dismiss_in_bulk
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.EDIT_FRAME)
def bulk_start(slug: str) -> Any:
    """Where the form on a theme's page goes: to the address of the preview."""
    action = choice.DISMISS if request.args.get("do") == choice.DISMISS else choice.ACCEPT
    found = theme_or_404(request.args.get("theme", ""))
    which, _ = choice.band_of(request.args.get("which"), action)
    return redirect(url_for(".bulk", slug=slug, action=action, code=found.code, which=which), 303)


@allowed(Permission.EDIT_FRAME)
def bulk(slug: str, action: str, code: str) -> Any:
    return _page(action, code, request.args.get("which"))


@allowed(Permission.EDIT_FRAME)
@writes
def bulk_post(slug: str, action: str, code: str) -> Any:
    act = {choice.ACCEPT: accept_in_bulk, choice.DISMISS: dismiss_in_bulk}.get(action)
    if act is None:
        abort(404)
    which = request.form.get("which")
    left_out = set(choice.ticked(request.form.getlist("left_out")))
    try:
        batch = act(
            theme_or_404(code),
            band=choice.band_of(which, action)[1],
            digest=request.form.get("digest", ""),
            left_out=left_out,
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        return _page(action, code, which, error_list=[(str(refusal), "#numbers")], left_out=left_out), 422
    return redirect(url_for(".change", slug=slug, change_id=batch.id), 303)


def _page(action: str, code: str, asked: str | None, **more: Any) -> str:
    if action not in (choice.ACCEPT, choice.DISMISS):
        abort(404)
    theme = theme_or_404(code)
    which, band = choice.band_of(asked, action)
    found = preview(visit().consultation_id, theme=theme.code, band=band)
    back = url_for(".theme", slug=visit().here.slug, code=theme.code)
    values = {
        "theme": theme,
        "action": action,
        "which": which,
        "band": choice.in_words(band.least, band.under),
        "preview": found,
        "drawn": cards(found.drawn),
        "least": cards(found.least),
        "left_out": set(),
        "back_link": back,
        "back_text": f"{theme.code} {theme.label}",
    }
    return render_template("officer/bulk/preview.html", **{**values, **more})
