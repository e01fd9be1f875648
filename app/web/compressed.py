"""Public pages in fewer bytes, for those on a slow line.

Never a page with a token or a private link: whoever sees how long a compressed page is, and can add to it,
could guess them (BREACH). Static files have theirs beside them (docs/decisions/0022).
"""

import gzip

from flask import Flask, Response, request

PAGES = {
    "public.index",
    "public.consultation",
    "public.draft",
    "public.draft_section",
    "public.draft_changes",
    "public.questions",
    "public.report",
    "public.privacy",
    "public.cookies",
    "public.accessibility",
    "public.contact",
}
LEVEL = 6  # of 9: the last tenth of the size costs as much time again


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if request.endpoint not in PAGES or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.best_match(["gzip"]) is not None:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
