"""Addresses that a page may send its reader on to."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def is_officers_page(address: str) -> bool:
    """One of our own officer pages: never another host, however it is written."""
    if not address.startswith("/officer/") or "\\" in address or not address.isprintable():
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def page_of_this_request() -> str:
    """The page to come back to after signing in; for a post, the page at its address, if there is one."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    try:
        current_app.create_url_adapter(request).match(request.path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return ""
    return request.path
