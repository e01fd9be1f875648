"""Withdrawing a response, deleting a draft, and asking for a draft to be taken late."""

from contextlib import suppress
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.accounts.actor import RESPONDENT
from app.public.guards import already_sent, closed, holding
from app.public.here import Here
from app.rendering.words import later
from app.responses.refusals import AlreadySent, NeededFirst, NothingAnswered, NotOpen, NotSent
from app.responses.services.ask_late import ask_late
from app.responses.services.drop_draft import drop_draft
from app.responses.services.withdraw import withdraw as withdraw_response
from app.web.clock import now
from app.web.transactions import writes

DELETED = later("Your draft is deleted. Its link and code do not open anything any more.")
NOTHING = later("You have not answered any questions, so there is nothing to send.")
NEEDED = later(
    "Contact us: before we can take it, we need the name of your organisation and that you may reply for it."
)


@holding
def ask_to_withdraw(here: Here) -> Any:
    if here.reply.is_draft:
        return redirect(here.url("reply"), 303)
    return render_template("public/reply/withdraw.html", consultation=here.consultation, here=here)


@writes
@holding
def withdraw(here: Here) -> Any:
    """The page that follows says what holds: that it is withdrawn, or why not."""
    with suppress(NotOpen, NotSent):
        withdraw_response(here.consultation, here.reply.response.id, actor=RESPONDENT, now=now())
    return redirect(here.url("withdraw"), 303)


@holding
def ask_to_delete(here: Here) -> Any:
    if not here.reply.is_draft:
        return redirect(here.url("reply"), 303)
    return render_template("public/reply/delete.html", consultation=here.consultation, here=here)


@writes
@holding
def delete(here: Here) -> Any:
    try:
        drop_draft(here.consultation, here.reply.response.id, actor=RESPONDENT, now=now())
    except AlreadySent:
        return already_sent(here)
    flash(DELETED, "info")
    return redirect(url_for("public.consultation", slug=here.consultation.slug), 303)


@writes
@holding
def late(here: Here) -> Any:
    """Nothing is promised: officers decide."""
    try:
        ask_late(here.consultation, here.reply.response.id, actor=RESPONDENT, now=now())
    except NotOpen:
        return redirect(here.url("reply"), 303)
    except AlreadySent:
        return already_sent(here)
    except NothingAnswered:
        return closed(here, NOTHING)
    except NeededFirst:
        return closed(here, NEEDED)
    return redirect(here.url("sent"), 303)
