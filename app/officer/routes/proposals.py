"""Themes that the software proposes and themes that coders miss, and what a lead analyst makes of them."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.enums import Permission, ProposalFate
from app.officer.forms.asked import address, whole
from app.officer.forms.bulk import ticked
from app.officer.forms.frame import an_id, lines
from app.officer.routes.frame import run_panel
from app.themes.frame_refusals import FieldRefused
from app.themes.queries.frame import all_themes, in_use, sections_in_use
from app.themes.queries.ideas import dismissed_ideas, ideas_page
from app.themes.queries.proposals import count_proposals, proposals_page
from app.themes.refusals import Refusal
from app.themes.services.add_theme import NewTheme
from app.themes.services.decide_idea import accept_ideas, dismiss_ideas, put_ideas_into, reopen_ideas
from app.themes.services.decide_proposal import (
    accept_proposal,
    dismiss_proposal,
    put_into,
    reopen_proposal,
)
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

FATES = {
    "dismissed": {ProposalFate.DISMISSED},
    "accepted": {ProposalFate.ACCEPTED, ProposalFate.MERGED},
}
ACCEPT, INTO, DISMISS, AGAIN = "accept", "into", "dismiss", "again"


@allowed(Permission.READ_REDACTED)
def proposals(slug: str) -> str:
    return _proposals(recorded=look("proposals"))


@allowed(Permission.EDIT_FRAME)
@writes
def proposal_post(slug: str, proposal_id: uuid.UUID) -> Any:
    try:
        said = _decide(proposal_id, request.form.get("do", ""))
    except Refusal as refusal:
        return _proposals(**_refused(refusal, str(proposal_id))), 422
    flash(said, "success")
    return redirect(url_for(".proposals", slug=slug, page=request.args.get("page")), 303)


@allowed(Permission.READ_REDACTED)
def ideas(slug: str) -> str:
    return _ideas()


@allowed(Permission.EDIT_FRAME)
@writes
def ideas_post(slug: str) -> Any:
    chosen = ticked(request.form.getlist("idea"))
    try:
        said = _decide_ideas(chosen, request.form.get("do", ""))
    except Refusal as refusal:
        return _ideas(**_refused(refusal, str(chosen[0]) if chosen else "")), 422
    flash(said, "success")
    return redirect(url_for(".ideas", slug=slug, page=request.args.get("page")), 303)


def _decide(proposal_id: uuid.UUID, do: str) -> str:
    by = _by()
    if do == ACCEPT:
        operation, brought = accept_proposal(proposal_id, new=_new_theme(), **by)
        return f"{operation.details['name']} is a theme of the frame. {_suggestions(brought)}"
    if do == INTO:
        return f"Put into the theme. {_suggestions(put_into(proposal_id, theme_id=_into(), **by))}"
    if do == AGAIN:
        reopen_proposal(proposal_id, **by)
        return "The proposal waits again."
    dismiss_proposal(proposal_id, reason=request.form.get("reason", ""), **by)
    return "Dismissed. It is not proposed again."


def _decide_ideas(chosen: list[uuid.UUID], do: str) -> str:
    by = _by()
    if do == ACCEPT:
        made = accept_ideas(chosen, new=_new_theme(), **by)
    elif do == INTO:
        made = put_ideas_into(chosen, theme_id=_into(), **by)
    elif do == AGAIN:
        reopen_ideas(chosen, **by)
        return "The idea waits again."
    else:
        dismiss_ideas(chosen, reason=request.form.get("reason", ""), **by)
        return "Dismissed."
    if made == 1:
        return "Done. 1 quote is now a coding by the officer who found it."
    return f"Done. {made} quotes are now codings by the officers who found them."


def _by() -> dict[str, Any]:
    return {"consultation_id": visit().consultation_id, "actor": visit().actor, "now": now()}


def _suggestions(brought: int) -> str:
    were = "suggestion waits" if brought == 1 else "suggestions wait"
    return f"{brought} {were} for an officer; no comment was coded."


def _new_theme() -> NewTheme:
    return NewTheme(
        label=request.form.get("label", ""),
        section_id=an_id(request.form.get("section_id")),
        definition=request.form.get("definition", ""),
        cue_words=lines(request.form.get("cue_words")),
    )


def _into() -> uuid.UUID | None:
    return an_id(request.form.get("into"))


def _refused(refusal: Refusal, card: str) -> dict[str, Any]:
    """The message beside its field in the form of this card, with what was typed there."""
    field = refusal.field if isinstance(refusal, FieldRefused) else ""
    return {
        "at_card": card,
        "sent": request.form.to_dict(),
        "field": field,
        "message": str(refusal),
        "error_list": [(str(refusal), f"#{field}-{card}" if field else None)],
    }


def _asked() -> int:
    return whole(request.args.get("page"), otherwise=1)


def _choices() -> dict[str, Any]:
    themes = all_themes(visit().consultation_id)
    return {
        "sections": sections_in_use(themes),
        "themes": in_use(themes),
        "may_edit": visit().may(Permission.EDIT_FRAME),
        "at_card": "",
        "sent": {},
        "field": "",
        "message": "",
        "back_link": url_for(".frame", slug=visit().here.slug),
        "back_text": "Coding frame",
    }


def _proposals(**more: Any) -> str:
    show = request.args.get("show", "")
    fates, here = FATES.get(show, {ProposalFate.OPEN}), url_for(".proposals", slug=visit().here.slug)
    return render_template(
        "officer/proposals/list.html",
        **{
            "page": proposals_page(visit().consultation_id, fates=fates, page=_asked()),
            "page_url": lambda number: address(
                here, {"show": show} if show in FATES else {}, page=str(number)
            ),
            "fate": show if show in FATES else "open",
            "waiting": count_proposals(visit().consultation_id),
            "recorded": None,
            **run_panel(),
            **_choices(),
            **more,
        },
    )


def _ideas(**more: Any) -> str:
    here = url_for(".ideas", slug=visit().here.slug)
    return render_template(
        "officer/proposals/ideas.html",
        **{
            "page": ideas_page(visit().consultation_id, page=_asked()),
            "page_url": lambda number: address(here, {}, page=str(number)),
            "dismissed": dismissed_ideas(visit().consultation_id),
            **_choices(),
            **more,
        },
    )
