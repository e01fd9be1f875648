"""The wall around unit tests: no network, no database."""

import socket
from typing import Any, NoReturn

import pytest

from app import database


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise RuntimeError("a unit test has no network and no database")


@pytest.fixture(autouse=True)
def _wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _refuse)
    monkeypatch.setattr(database, "connect", _refuse)
    monkeypatch.setattr(database, "session", _refuse)
