"""Changing a response that was sent, and keeping the version that was."""

from typing import Any

from flask import flash, redirect, render_template

from app.accounts.actor import RESPONDENT
from app.public.guards import closed, holding
from app.public.here import Here
from app.rendering.words import later
from app.responses.refusals import NotOpen, NotSent
from app.responses.services.change import begin_change, drop_change
from app.web.clock import now
from app.web.transactions import writes

KEPT = later("You kept the version you sent. Your changes were deleted.")


@holding
def show(here: Here) -> Any:
    """Begin, or go on, or keep what was sent."""
    if here.reply.is_changing and not here.takes_words:
        return closed(here)
    if not (here.reply.is_changing or here.reply.is_sent):
        return redirect(here.url("reply"), 303)
    return render_template("public/reply/change.html", consultation=here.consultation, here=here)


@writes
@holding
def begin(here: Here) -> Any:
    """A second press, or another tab, goes on with the working copy that is there."""
    try:
        begin_change(here.consultation, here.reply.response.id, actor=RESPONDENT, now=now())
    except NotSent:
        return redirect(here.url("reply"), 303)
    except NotOpen:
        return redirect(here.url("change" if here.reply.is_sent else "reply"), 303)
    return redirect(here.url("reply"), 303)


@writes
@holding
def keep(here: Here) -> Any:
    try:
        drop_change(here.reply.response.id, actor=RESPONDENT, now=now())
    except NotSent:
        return redirect(here.url("reply"), 303)
    flash(KEPT, "info")
    return redirect(here.url("sent"), 303)
