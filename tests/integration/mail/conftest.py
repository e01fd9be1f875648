from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.mail.postman import Postman
from app.models import OutboxMail
from app.public.routes import link_again
from config import MailServer
from tests.support.clock import SettableClock
from tests.support.mail_server import Inbox, listening, mail_server

PUBLIC_URL = "https://soundings.example"


@pytest.fixture
def server() -> MailServer:
    """Where a mail server may listen; nothing listens yet."""
    return mail_server()


@pytest.fixture
def inbox(server: MailServer) -> Iterator[Inbox]:
    inbox = Inbox()
    with listening(inbox, server.port):
        yield inbox


@pytest.fixture
def app(app: Flask, server: MailServer) -> Flask:
    app.extensions["settings"] = replace(app.extensions["settings"], mail=server, public_url=PUBLIC_URL)
    return app


@pytest.fixture
def postman(server: MailServer, clock: SettableClock) -> Postman:
    return Postman(server, clock=clock)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to who lost their link does not wait here; one test has its own time."""
    monkeypatch.setattr(link_again, "SAME_SECONDS", 0.0)


def rows() -> list[OutboxMail]:
    """The outbox as it is now, in the order in which it was written."""
    session.rollback()
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def states() -> list[str]:
    return [row.state.value for row in rows()]
