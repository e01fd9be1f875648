"""Which pages of a reply can be opened when: with its link, and only while it can still be written."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import make_response, redirect, render_template, request, url_for

from app.consultations.queries.timing import Window, window
from app.public.here import Here, find_here, find_withdrawn, keep_here
from app.public.paragraphs import ABOUT
from app.public.summary import chapters
from app.responses.refusals import NoLongerThere
from app.responses.services.ask_late import takes_late_requests
from app.web.clock import now
from app.web.errors import typed_words
from app.web.subject import public_consultation

if TYPE_CHECKING:
    from app.models import Consultation

View = Callable[..., Any]


def holding(view: View) -> View:
    """The view gets the response of this browser's link. Without one: how to come back, or the start."""

    @wraps(view)
    def inside(slug: str, **values: Any) -> Any:
        consultation = public_consultation(slug)
        here = find_here(consultation)
        if here is None and (gone := find_withdrawn(consultation)) is not None:
            status = 200 if request.method == "GET" else 410
            return _page("withdrawn", consultation, response=gone), status
        if here is None and request.method == "GET" and "part_key" in values:
            about = request.args.get(ABOUT) or None
            return redirect(url_for("public.start", slug=slug, then=values["part_key"], about=about), 303)
        if here is None:
            return _not_here(consultation)
        try:
            return keep_here(make_response(view(here, **values)), consultation, here.token)
        except NoLongerThere:
            return _not_here(consultation)

    return inside


def drafting(view: View) -> View:
    """The view gets a response that can still be written. Words typed for another are shown, not stored."""

    @wraps(view)
    def inside(here: Here, **values: Any) -> Any:
        if here.reply.is_sent:
            return redirect(here.url("sent"), 303) if request.method == "GET" else already_sent(here)
        if not here.takes_words:
            return closed(here)
        return view(here, **values)

    return holding(inside)


def already_sent(here: Here) -> tuple[str, int]:
    return _page("already_sent", here.consultation, here=here), 409


def closed(here: Here, error: str = "") -> tuple[str, int]:
    """The unsent draft or the unsent change whole, after the grace."""
    may_ask = here.reply.is_draft and takes_late_requests(here.consultation, now=now())
    errors = [(error, None)] if error else []
    page = _page(
        "closed", here.consultation, here=here, chapters=chapters(here), may_ask=may_ask, error_list=errors
    )
    status = 422 if error else 409
    return page, 200 if request.method == "GET" else status


def _not_here(consultation: "Consultation") -> tuple[str, int]:
    may_start = window(consultation, now=now()) is Window.OPEN
    return _page("not_here", consultation, may_start=may_start), 403


def _page(name: str, consultation: object, **more: object) -> str:
    return render_template(
        f"public/reply/{name}.html", consultation=consultation, words=typed_words(), **more
    )
