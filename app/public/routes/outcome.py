"""What became of a response, for whoever holds its link; and saying that officers got it wrong."""

from typing import Any

from flask import flash, redirect, render_template

from app.accounts.actor import RESPONDENT
from app.enums import RequestKind
from app.public import outcome as words
from app.public.forms.own_data import RequestForm
from app.public.guards import holding
from app.public.here import Here
from app.rendering.answers import ANSWERS
from app.rendering.filters import date_words
from app.rendering.words import later, said
from app.reporting.queries.outcome import outcome_of
from app.responses.queries.requests import own_requests
from app.responses.services.ask import TooManyRequests, ask
from app.web.clock import now
from app.web.transactions import writes

TOO_MANY = later(
    "You have asked us several things already that we still have to answer. Wait for those answers first."
)
ASKED = (
    "We have your request. Your case number is %(number)s. "
    "We will answer by %(day)s, on your page “Your data”."
)


@holding
def outcome(here: Here) -> Any:
    if not here.reply.was_sent:
        return redirect(here.url("reply"), 303)
    return _page(here, RequestForm())


@writes
@holding
def outcome_wrong(here: Here) -> Any:
    if not here.reply.was_sent:
        return redirect(here.url("reply"), 303)
    form = RequestForm()
    if not form.asks_for(RequestKind.WRONG):
        return _page(here, form), 422
    refused = ask_for(here, RequestKind.WRONG, form)
    if refused:
        return _page(here, form), 422
    return redirect(here.url("outcome"), 303)


def ask_for(here: Here, kind: RequestKind, form: RequestForm) -> bool:
    """Whether it was refused; the page's banner has the case number otherwise."""
    try:
        row = ask(here.reply.response.id, kind=kind, text=form.text_for(kind), actor=RESPONDENT, now=now())
    except TooManyRequests:
        form[kind.value].errors = [TOO_MANY]
        return True
    flash(said(ASKED, number=row.case_number, day=date_words(row.due_on)), "success")
    return False


def _page(here: Here, form: RequestForm) -> str:
    response, zone = here.reply.response, here.consultation.timezone
    found = outcome_of(response)
    return render_template(
        "public/reply/outcome.html",
        consultation=here.consultation,
        here=here,
        found=found,
        left_out=words.LEFT_OUT[found.reason] if found.reason else None,
        steps_shown=words.steps(found, received=response.sent_at, zone=zone),
        words=words,
        ANSWERS=ANSWERS,
        form=form,
        asked=[row for row in own_requests(response.id) if row.kind is RequestKind.WRONG],
    )
