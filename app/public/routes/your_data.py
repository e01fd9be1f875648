"""A copy of what is held of a response, and asking to correct it, to stop using it, or to erase it."""

from typing import Any

from flask import abort, jsonify, make_response, redirect, render_template

from app.enums import RequestKind
from app.public.forms.own_data import RequestForm
from app.public.guards import holding
from app.public.here import Here
from app.public.routes.outcome import ask_for
from app.reporting.queries.own_data import own_data
from app.reporting.queries.releases import report_is_published
from app.responses.queries.requests import own_requests
from app.web.clock import now
from app.web.transactions import writes

KINDS = {kind.value: kind for kind in (RequestKind.CORRECT, RequestKind.OBJECT, RequestKind.ERASE)}


@holding
def your_data(here: Here) -> Any:
    if not here.reply.was_sent:
        return redirect(here.url("reply"), 303)
    return _page(here, RequestForm())


@writes
@holding
def your_data_ask(here: Here) -> Any:
    if not here.reply.was_sent:
        return redirect(here.url("reply"), 303)
    form = RequestForm()
    kind = KINDS.get(form.kind.data or "") or abort(400)
    if not form.asks_for(kind) or ask_for(here, kind, form):
        return _page(here, form), 422
    return redirect(here.url("your_data") + "#requests", 303)


@holding
def your_data_json(here: Here) -> Any:
    """Of a draft too: it is held."""
    page = jsonify(own_data(here.reply.response))
    page.headers["Content-Disposition"] = f'attachment; filename="{here.reply.response.reference}.json"'
    return page


@holding
def your_data_html(here: Here) -> Any:
    page = make_response(
        render_template(
            "public/reply/data_copy.html",
            data=own_data(here.reply.response),
            own=here.consultation.language,
            made_at=now(),
        )
    )
    page.headers["Content-Disposition"] = f'attachment; filename="{here.reply.response.reference}.html"'
    return page


def _page(here: Here, form: RequestForm) -> str:
    return render_template(
        "public/reply/your_data.html",
        consultation=here.consultation,
        here=here,
        form=form,
        kinds=tuple(KINDS),
        published=report_is_published(here.consultation.id),
        requests=own_requests(here.reply.response.id),
    )
