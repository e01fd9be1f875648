"""A person who replies, as their browser sends it: reads a page, fills in its form, presses a button."""

import re
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.audited_client import AuditedClient, parsed


class Respondent:
    def __init__(self, app: Flask, slug: str = "market-square") -> None:
        client = app.test_client()
        assert isinstance(client, AuditedClient)
        self.client, self.base = client, f"/c/{slug}"

    def start(self, kind: str = "individual", **more: str) -> TestResponse:
        return self.client.submit(f"{self.base}/reply/start", kind=kind, **more)

    def open(self, page: str = "") -> BeautifulSoup:
        return self.client.page(f"{self.base}/reply{page}")

    def save(self, part: str, **answers: Any) -> TestResponse:
        """`later=1` comes back later, `clear=KEY` clears; other names are questions' keys."""
        buttons = {name: answers.pop(name) for name in ("later", "clear") if name in answers}
        fields = {f"q-{key}": value for key, value in answers.items()}
        return self.client.submit(f"{self.base}/reply/{part}", **fields, **buttons)

    def letter(self, text: str) -> TestResponse:
        return self.client.submit(f"{self.base}/reply/letter", letter=text)

    def send(self) -> TestResponse:
        return self.client.submit(f"{self.base}/reply/check")

    def link(self) -> str:
        """The path of the private link, as the task list or the confirmation shows it."""
        found = self._shown().select_one("#private-link")
        assert found is not None
        return found.get_text().strip().removeprefix("http://localhost")

    def code(self) -> str:
        found = self._shown().select_one(".app-private-code")
        assert found is not None
        return found.get_text().strip()

    def reference(self) -> str:
        found = re.search(r"[A-Z]{2}-\w{4}-\w{2}", self.open("/sent").get_text())
        assert found is not None
        return found.group()

    def _shown(self) -> BeautifulSoup:
        return parsed(self.client.get(f"{self.base}/reply", follow_redirects=True).text)


def words(page: BeautifulSoup | TestResponse) -> str:
    """What the page says, with single spaces."""
    soup = page if isinstance(page, BeautifulSoup) else parsed(page.text)
    return " ".join(soup.get_text().split())
