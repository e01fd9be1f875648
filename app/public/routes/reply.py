"""The task list, and leaving a shared computer."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.enums import RespondentKind
from app.public.guards import drafting
from app.public.here import COOKIE, Here, cookie_path
from app.public.progress import task_list
from app.rendering.words import later
from app.responses.queries.colleagues import tally
from app.web.clock import now
from app.web.subject import public_consultation
from app.web.transactions import writes

LEFT = later("This device no longer holds your response. Use your link or your code to come back to it.")


@drafting
def show(here: Here) -> str:
    return render_template(
        "public/reply/tasks.html",
        consultation=here.consultation,
        here=here,
        tasks=task_list(here),
        colleagues=tally(here.reply.response.id) if _is_organisation(here) else None,
        now=now(),
        address=url_for("public.continue_link", token=here.link.token, _external=True),
    )


def _is_organisation(here: Here) -> bool:
    return here.reply.response.kind is RespondentKind.ORGANISATION


@writes
def leave(slug: str) -> Any:
    consultation = public_consultation(slug)
    page = make_response(redirect(url_for("public.consultation", slug=slug), 303))
    page.delete_cookie(COOKIE, path=cookie_path(consultation))
    flash(LEFT, "info")
    return page
