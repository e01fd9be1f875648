"""A PDF as an answer. Where there is none, a page says so and leads to the same words as HTML."""

from collections.abc import Callable
from pathlib import Path

from flask import Response, current_app, make_response, render_template, request

from app.rendering.kept_pdf import kept_pdf
from app.rendering.pdf import NoPdf, tagged_pdf


def private_pdf(html: str, *, name: str, instead: str, consultation: object) -> Response:
    """Made for one person and kept nowhere. `instead` is the address of the page that is the same in HTML."""
    return _answer(lambda: tagged_pdf(html), name=name, instead=instead, consultation=consultation)


def public_pdf(html: str, *, name: str, instead: str, consultation: object) -> Response:
    folder: Path = current_app.extensions["settings"].pdf_cache
    made = _answer(
        lambda: kept_pdf(html, folder=folder), name=name, instead=instead, consultation=consultation
    )
    if made.status_code == 200:
        made.headers["Cache-Control"] = "no-cache"  # asked for again each time, sent again only when changed
        made.add_etag()
        made.make_conditional(request)
    return made


def _answer(make: Callable[[], bytes], *, name: str, instead: str, consultation: object) -> Response:
    try:
        data = make()
    except NoPdf as why:
        current_app.logger.warning("%s", why)
        page = render_template("errors/no_pdf.html", instead=instead, consultation=consultation)
        return make_response(page, 503, {"Retry-After": "60"})
    return Response(
        data, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
