"""Themes that the software proposes."""

from flask import render_template, request, url_for

from app.enums import Permission, ProposalFate
from app.officer.routes.frame import run_panel
from app.themes.queries.proposals import count_proposals, proposal_cards
from app.web.access import allowed, visit
from app.web.looks import look

FATES = {"dismissed": ProposalFate.DISMISSED, "accepted": ProposalFate.ACCEPTED}


@allowed(Permission.READ_REDACTED)
def proposals(slug: str) -> str:
    fate = FATES.get(request.args.get("show", ""), ProposalFate.OPEN)
    return render_template(
        "officer/proposals/list.html",
        cards=proposal_cards(visit().consultation_id, fate=fate),
        fate=fate,
        waiting=count_proposals(visit().consultation_id),
        back_link=url_for(".frame", slug=slug),
        back_text="Coding frame",
        recorded=look("proposals"),
        **run_panel(),
    )
