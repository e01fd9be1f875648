"""A colleague who writes parts of an organisation's reply, as their browser sends it."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.audited_client import AuditedClient
from tests.support.respondent import Respondent


class Colleague:
    def __init__(self, app: Flask, link: str | None = None) -> None:
        client = app.test_client()
        assert isinstance(client, AuditedClient)
        self.client = client
        if link:
            assert client.get(link).location == "/contribute/parts"

    def open(self, page: str = "/parts") -> BeautifulSoup:
        return self.client.page(f"/contribute{page}")

    def write(self, part: str, *, name: str = "", **texts: str) -> TestResponse:
        """Texts by the question's key; `letter` for the letter."""
        fields: dict[str, Any] = {k if k == "letter" else f"q-{k}": text for k, text in texts.items()}
        return self.client.submit(f"/contribute/parts/{part}", name=name, **fields)


def invite(lead: Respondent) -> None:
    made = lead.client.submit(f"{lead.base}/reply/invite")
    assert made.status_code == 303, made.text


def invitation(lead: Respondent) -> tuple[str, str]:
    """The path of the link, and the code, as the lead's page shows them."""
    page = lead.open("/invite")
    link, code = page.select_one("#invitation-link"), page.select_one(".app-private-code")
    assert link is not None
    assert code is not None
    return link.get_text().strip().removeprefix("http://localhost"), code.get_text().strip()


def decide(lead: Respondent, text: str, *, button: str = "add") -> TestResponse:
    """Presses a button beside the text that holds these words."""
    return lead.client.post(f"{lead.base}/reply/colleagues", data=button_beside(lead, text, button=button))


def button_beside(lead: Respondent, text: str, *, button: str = "add") -> dict[str, str]:
    """What the press would send."""
    panels = [panel for panel in lead.open("/colleagues").select(".app-panel") if text in panel.get_text()]
    assert len(panels) == 1, f"{len(panels)} texts hold {text!r}"
    assert panels[0].select_one(f"button[name={button}]") is not None
    hidden = {str(i["name"]): str(i["value"]) for i in panels[0].select("input[type=hidden]")}
    return {**hidden, button: "1"}
