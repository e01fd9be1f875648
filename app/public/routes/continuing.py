"""Coming back to a response on any device: by its link, or by the short code from paper."""

from typing import TYPE_CHECKING, Any

from flask import abort, make_response, redirect, render_template, url_for

from app.consultations.queries.find import consultation_by_id
from app.consultations.queries.listing import newest_lead
from app.public.codes import LINK_NOT_KNOWN, wrong_code
from app.public.forms.continuing import CodeForm
from app.public.here import keep_here, link_key
from app.responses.links import link_from_start
from app.responses.queries.reply import (
    reply_by_code,
    reply_by_token,
    withdrawn_by_code,
    withdrawn_by_token,
)
from app.web import mail
from app.web.clock import now

if TYPE_CHECKING:
    from app.models import Response


def show() -> str:
    return _page(CodeForm())


def find() -> Any:
    """A code that is right opens its response whatever others at the same network have tried."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), 422
    reply = reply_by_code(str(form.code.data), key=link_key())
    response = reply.response if reply else withdrawn_by_code(str(form.code.data), key=link_key())
    if response is not None and response.start_token is not None:
        return _to_reply(response, link_from_start(response.start_token, key=link_key()).token)
    error, status = wrong_code("code")
    return _page(form, error), status


def link(token: str) -> Any:
    reply = reply_by_token(token, key=link_key())
    response = reply.response if reply else withdrawn_by_token(token, key=link_key())
    if response is None:
        return _page(CodeForm(formdata=None), LINK_NOT_KNOWN), 404
    return _to_reply(response, token)


def _to_reply(response: "Response", token: str) -> Any:
    consultation = consultation_by_id(response.consultation_id) or abort(404)
    page = make_response(redirect(url_for("public.reply", slug=consultation.slug), 303))
    return keep_here(page, consultation, token)


def _page(form: CodeForm, error: str | None = None) -> str:
    return render_template(
        "public/continue.html",
        form=form,
        lead=newest_lead(now=now()),
        sends_link=mail.is_written(),
        error_list=[(error, "#code")] if error else [],
    )
