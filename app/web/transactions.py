"""One transaction a request, opened by the route's decorator and committed before the answer leaves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response

from app import database

View = Callable[..., Any]
# For a view that must first do something slow, such as hashing a password, outside the write lock.
writing_unit = database.transaction


class Refused(Exception):
    """Carries the page of a refused form out of the writing unit, so that nothing half-done is kept."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self.page = page


def writes(view: View) -> View:
    """The view is one writing unit: a 2xx or 3xx answer commits it, anything else rolls it back."""

    @wraps(view)
    def inside(*args: Any, **kwargs: Any) -> Any:
        try:
            with database.transaction():
                page = make_response(view(*args, **kwargs))
                if page.status_code >= 400:
                    raise Refused(page)
                return page
        except Refused as refused:
            return refused.page

    inside.writes = True  # type: ignore[attr-defined]  # a test looks for it on every unsafe route
    return inside
