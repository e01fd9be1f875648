"""Every address with every method, asked as somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.integration.security.world import World

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Case:
    rule: Rule
    method: str

    @property
    def unsafe(self) -> bool:
        return self.method not in SAFE

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def cases(app: Flask, *, blueprint: str = "") -> Iterator[Case]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.startswith(blueprint):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Case(rule, method)


def ask(world: World, client: FlaskClient, case: Case, *, token: str | None) -> TestResponse:
    data = {"csrf_token": token} if case.unsafe and token else None
    return client.open(world.address(case.rule), method=case.method, data=data)


class Asker:
    """One officer asking many cases: signed in again where the last case signed them out."""

    def __init__(self, world: World, who: str) -> None:
        self.world, self.who = world, who
        self._sign_in()

    def _sign_in(self) -> None:
        self.client = self.world.client_of(self.who)
        self.token = self.world.token_of(self.client)

    def ask(self, case: Case) -> TestResponse:
        answer = ask(self.world, self.client, case, token=self.token)
        if (answer.location or "").startswith("/officer/sign-in"):
            self._sign_in()
            answer = ask(self.world, self.client, case, token=self.token)
        return answer
