"""What every answer carries, whatever it answers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.database import connect, session
from app.factory import create_app
from tests.integration.security.requests import Asker, Case, ask, cases
from tests.integration.security.world import EVERYTHING, World
from tests.support.settings import settings_for

EVERYWHERE = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": r"'self'",
    "script-src": r"'self' 'nonce-[\w-]{16,}'",
    "object-src": r"'none'",
    "base-uri": r"'none'",
    "form-action": r"'self'",
    "frame-ancestors": r"'none'",
}
STATIC = "/static/css/app.css"


def missing(answer: TestResponse) -> list[str]:
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in EVERYWHERE.items()
        if answer.headers.get(name) != value
    ]
    return found + _policy_faults(answer.headers.get("Content-Security-Policy", ""))


def _policy_faults(policy: str) -> list[str]:
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    found = [
        f"{name} {parts.get(name)}"
        for name, pattern in POLICY.items()
        if not re.fullmatch(pattern, parts.get(name, ""))
    ]
    return found + [f"unsafe: {policy}"] * ("unsafe" in policy)


def answers(world: World) -> Iterator[tuple[str, TestResponse]]:
    """Every route with good values and a bad token, and the addresses that answer with an error."""
    asker = Asker(world, EVERYTHING)
    for case in cases(world.app):
        if case.unsafe:
            yield str(case), ask(world, world.visitor(), case, token=None)
        else:
            yield str(case), asker.ask(case)
    client = world.visitor()
    yield "404", client.get("/nothing-here")
    yield "405", client.put("/healthz")
    yield "officer 404", client.get("/officer/nothing-here")


def test_every_answer_carries_the_security_headers(world: World) -> None:
    found = {name: faults for name, answer in answers(world) if (faults := missing(answer))}

    assert found == {}


def test_no_page_of_officers_or_of_a_reply_is_stored(world: World) -> None:
    found = [
        f"{name}: {answer.headers.get('Cache-Control')}"
        for name, answer in answers(world)
        if re.search(r" /officer|/reply|/continue|/contribute", name)
        if answer.headers.get("Cache-Control") != "no-store"
    ]

    assert found == []


def test_a_nonce_is_used_once_and_stands_on_every_script(world: World) -> None:
    client = world.visitor()
    pages = [client.get("/officer/sign-in") for _ in range(2)]
    nonces = [re.findall(r"'nonce-([\w-]+)'", page.headers["Content-Security-Policy"])[0] for page in pages]

    assert nonces[0] != nonces[1]
    for page, nonce in zip(pages, nonces, strict=True):
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)


def test_an_answer_to_a_fault_carries_them_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("a fault")

    monkeypatch.setitem(world.app.view_functions, "public.healthz", broken)
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = world.visitor().get("/healthz")

    assert answer.status_code == 500
    assert missing(answer) == []


def test_a_static_file_runs_nothing_and_is_not_shared(world: World) -> None:
    with world.visitor().get(STATIC) as answer:
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_cookie_cannot_be_read_by_a_script_or_sent_by_another_site(world: World) -> None:
    cookie = world.visitor().get("/officer/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


class TestInProduction:
    @pytest.fixture
    def app(self, world: World, database_url: str, tmp_path: Path) -> Iterator[Flask]:
        settings = settings_for(database_url, tmp_path)
        app = create_app(
            replace(settings, production=True, secure_cookies=True, proxies=1), clock=world.clock
        )
        yield app
        session.remove()
        app.extensions["engine"].dispose()
        world.app.extensions["engine"].dispose()
        world.app.extensions["engine"] = connect(database_url)

    def test_every_cookie_is_secure_and_the_browser_keeps_to_https(self, app: Flask) -> None:
        answer = app.test_client().get("/officer/sign-in", headers={"X-Forwarded-Proto": "https"})

        for cookie in answer.headers.getlist("Set-Cookie"):
            assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
        assert answer.headers.getlist("Set-Cookie")
        assert "max-age=" in answer.headers["Strict-Transport-Security"]


class TestTheseChecksCanFail:
    @pytest.mark.parametrize("name", [*EVERYWHERE, "Content-Security-Policy"])
    def test_a_header_that_is_not_there_is_found(self, world: World, name: str) -> None:
        answer = world.visitor().get("/healthz")
        del answer.headers[name]

        assert missing(answer)

    @pytest.mark.parametrize(
        "policy",
        [
            "default-src 'self'",
            "default-src 'self'; script-src 'self' 'unsafe-inline'",
            "default-src *; script-src 'self' 'nonce-abcdefghijklmnopqrst'",
        ],
    )
    def test_a_policy_that_lets_a_script_in_is_found(self, policy: str) -> None:
        assert _policy_faults(policy)

    def test_a_case_is_asked_with_its_own_method(self, world: World) -> None:
        assert {case.method for case in cases(world.app)} >= {"GET", "POST"}
        assert isinstance(next(iter(cases(world.app))), Case)
