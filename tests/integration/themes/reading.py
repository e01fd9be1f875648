"""The reading screen as a browser without JavaScript drives it: one form a comment."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in


def start(client: AuditedClient, queue: str = "useful") -> str:
    """The address of the comment that Start reading opens."""
    answer = client.submit(f"{HERE}/code", queue=queue)
    assert answer.status_code == 303
    return str(answer.location)


def fields(page: BeautifulSoup) -> dict[str, list[str]]:
    """What a browser would send of the form of the comment."""
    form = page.select_one("#reading") or page.select_one("#combined")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        kind, value = one.get("type"), str(one.get("value", ""))
        if kind in ("checkbox", "radio") and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            value = str(chosen["value"]) if chosen else ""
        if one.name == "textarea":
            value = one.get_text()
        sent.setdefault(str(one["name"]), []).append(value)
    return sent


def press(client: AuditedClient, address: str, do: str = "save", **more: Any) -> TestResponse:
    return client.post(address, data={**fields(client.page(address)), "do": do, **more})


def other_client(app: Flask, officer: Any, clock: SettableClock) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    sign_in(client, again(officer), at=clock.now())
    return client


def at(world: World, number: int, queue: str = "useful") -> str:
    return f"{HERE}/code/{queue}/{world.comments[number].id}"


def undo(client: AuditedClient, page_address: str) -> TestResponse:
    form = client.page(page_address).select_one("form[action$='/code/undo']")
    assert form is not None
    return client.post(f"{HERE}/code/undo", data={i["name"]: i["value"] for i in form.select("input")})
