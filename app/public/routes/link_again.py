"""The private link once more by email. Every address gets the same answer, which tells nobody who replied."""

from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Any

from flask import abort, redirect, render_template, url_for

from app.accounts import tries
from app.accounts.services.count_try import count_try
from app.public.codes import TOO_MANY
from app.public.forms.continuing import LinkAgainForm
from app.public.here import link_key
from app.public.mail import link_again_words
from app.rendering.words import later
from app.responses.queries.by_address import responses_to_link
from app.responses.services.mail import AGAIN_A_DAY, mail_link_again
from app.web import mail
from app.web.clock import now
from app.web.transactions import writing_unit

TRIES_FOR_EMAIL = 5  # from anywhere: a library has one network address for all its readers
SAME_SECONDS = 0.4  # that every answer takes, so that the time says no more than the words do
BUSY = later("Many people are asking for their link at the moment. Wait a minute, then try again.")

# Of a web process's four threads two may be answering; the others go on serving pages.
_answering = BoundedSemaphore(2)


def show() -> str:
    return _page(_form())


def ask() -> Any:
    """Each try is counted in a transaction of its own, whether or not there is anything to send."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    if not _answering.acquire(blocking=False):
        return _page(form, BUSY), 503
    try:
        return _answer(form)
    finally:
        _answering.release()


def _answer(form: LinkAgainForm) -> Any:
    begun, address = monotonic(), str(form.email.data)
    limit = {tries.subject("link again to", address.lower(), key=link_key()): TRIES_FOR_EMAIL}
    with writing_unit():
        tried = count_try(limit, now=now())
    if not tried:
        return _page(form, TOO_MANY), 429
    with writing_unit():
        for response in responses_to_link(address):
            if (words := link_again_words(response)) is not None:
                mail_link_again(response.id, words=words, now=now())
    sleep(max(0.0, SAME_SECONDS - (monotonic() - begun)))
    return redirect(url_for("public.link_again_asked"), 303)


def asked() -> str:
    _needs_mail()
    return render_template("public/link_again_asked.html", a_day=AGAIN_A_DAY, mail_is_sent=mail.is_sent())


def _form() -> LinkAgainForm:
    _needs_mail()
    return LinkAgainForm()


def _needs_mail() -> None:
    """A page must not promise mail that nobody sends."""
    if not mail.is_written():
        abort(404)


def _page(form: LinkAgainForm, error: str | None = None) -> str:
    errors = [(error, "#email")] if error else []
    return render_template("public/link_again.html", form=form, error_list=errors)
