"""A test client that reads every page it fetches as a careful reviewer would."""

from functools import lru_cache
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.page_shape import page_shape


class AuditedClient(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        readable = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        if readable and response.data and response.status_code not in (301, 302, 303):
            audit_once(response.text)
        return response

    def page(self, address: str) -> BeautifulSoup:
        """GET a page that must be there."""
        response = self.get(address)
        assert response.status_code == 200, f"{address} answered {response.status}"
        return parsed(response.text)

    def submit(self, address: str, _from: str | None = None, **fields: Any) -> TestResponse:
        """POST the form that the page at `_from` shows for this address, with its token and hidden fields."""
        soup = parsed(self.get(_from or address).text)
        form = next((f for f in soup.find_all("form") if f.get("action") in (address, None, "")), None)
        assert form is not None, f"no form on {_from or address} posts to {address}"
        hidden = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden][name]")}
        return self.post(address, data={**hidden, **fields})


@lru_cache(maxsize=2)
def parsed(text: str) -> BeautifulSoup:
    """Once for the audit and for the test that asked for the page."""
    return BeautifulSoup(text, "html.parser")


_sound: set[str] = set()


def audit_once(text: str) -> None:
    """Pages of one shape are fetched thousands of times in a run; parsing each took a sixth of it."""
    same = page_shape(text)
    if same not in _sound:
        audit(text)
        _sound.add(same)


def audit(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)
    page = parsed(text)
    headings = page.find_all("h1")
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    title = page.title.get_text() if page.title else ""
    words = " ".join(headings[0].get_text().split())
    assert title.removeprefix("Error: ").removeprefix("Gwall: ").startswith(words), (
        f"title {title!r} does not start with {words!r}"
    )
    _unique_ids(page)
    _labelled_fields(page)
    _forms_that_post_safely(page)
    for script in page.find_all("script"):
        assert script.get("nonce"), "a script without a nonce"
    assert not page.select("[style]"), "an inline style, which the policy forbids"


def _unique_ids(page: BeautifulSoup) -> None:
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)), f"doubled ids: {sorted({i for i in ids if ids.count(i) > 1})}"


def _labelled_fields(page: BeautifulSoup) -> None:
    labels = {label.get("for") for label in page.find_all("label")}
    for field in page.select("input:not([type=hidden]):not([type=submit]), textarea, select"):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        assert named or field.get("id") in labels, f"a field without a label: {field.get('name')}"


def _forms_that_post_safely(page: BeautifulSoup) -> None:
    for form in page.find_all("form"):
        assert isinstance(form, Tag)
        method = str(form.get("method", "get")).lower()
        if method == "post":
            assert form.select_one("input[name=csrf_token]"), f"a form without a token: {form.get('action')}"
