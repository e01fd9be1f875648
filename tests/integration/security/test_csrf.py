"""Every unsafe method refuses a request without its token, and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event

from app.extensions import csrf
from tests.integration.security.requests import Case, ask, cases
from tests.integration.security.world import EVERYTHING, World
from tests.support.sign_in import csrf_token_of

CHANGES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def changes_of(app: Flask) -> Iterator[list[str]]:
    """The statements that change rows, as they are sent to the database."""
    seen: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(CHANGES):
            seen.append(statement)

    engine: Engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def unsafe(world: World) -> list[Case]:
    return [case for case in cases(world.app) if case.unsafe]


def accepted(world: World, client: FlaskClient, *, token: str | None) -> list[str]:
    """The cases that did not refuse, or that changed a row although they refused."""
    found = []
    for case in unsafe(world):
        with changes_of(world.app) as changes:
            status = ask(world, client, case, token=token).status_code
        if status != 400 or changes:
            found.append(f"{case}: {status} {changes}")
    return found


def test_no_route_takes_a_request_without_a_token(world: World) -> None:
    assert len(unsafe(world)) > 15
    assert accepted(world, world.client_of(EVERYTHING), token=None) == []


def test_no_route_takes_a_request_with_a_wrong_token(world: World) -> None:
    assert accepted(world, world.client_of(EVERYTHING), token="not a token") == []


def test_no_route_takes_the_token_of_somebody_else(world: World) -> None:
    theirs = csrf_token_of(world.visitor(), "/officer/sign-in")

    assert accepted(world, world.client_of(EVERYTHING), token=theirs) == []


def test_a_token_in_the_address_is_none(world: World) -> None:
    client = world.client_of(EVERYTHING)
    token = world.token_of(client)

    assert client.post(f"/officer/sign-out?csrf_token={token}").status_code == 400


def test_a_route_that_is_exempt_would_be_found(world: World) -> None:
    view = world.app.view_functions["officer.sign_out_post"]
    name = f"{view.__module__}.{view.__name__}"
    csrf._exempt_views.add(name)
    try:
        found = accepted(world, world.client_of(EVERYTHING), token=None)
    finally:
        csrf._exempt_views.remove(name)

    assert len(found) == 1
    assert found[0].startswith("POST /officer/sign-out: 303")
    assert "UPDATE officer_session" in found[0]
