"""Whoever waits for SQLite's write lock looks for it often, for as long as was agreed, and not for ever."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app import sqlite

OFTEN = 8  # looks; SQLite alone would take more than three seconds for as many
SOON_SECONDS = 2.0


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = sqlite.sqlite_engine(f"sqlite:///{tmp_path / 'one.sqlite'}", writing=lambda: True)
    yield engine
    engine.dispose()


def test_the_lock_is_looked_for_every_few_milliseconds(engine: Engine) -> None:
    looks, often = [], Event()

    def seen(statement: str) -> None:
        looks.append(statement)
        if looks.count("BEGIN IMMEDIATE") >= OFTEN:
            often.set()

    def write() -> None:
        with engine.connect() as second:
            assert second.connection.driver_connection is not None
            second.connection.driver_connection.set_trace_callback(seen)
            second.begin()

    with engine.begin():
        waiting = Thread(target=write)
        waiting.start()
        looked_often = often.wait(SOON_SECONDS)
    waiting.join()

    assert looked_often
    assert looks[-1] == "ROLLBACK"  # it had the lock in the end


def test_after_the_time_agreed_it_is_an_error_of_the_database(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.connect() as second:
        with engine.begin():
            monkeypatch.setattr(sqlite, "WAIT_MS", 50)
            with pytest.raises(OperationalError, match="database is locked"):
                second.begin()
            second.rollback()

        assert second.exec_driver_sql("PRAGMA busy_timeout").scalar() == sqlite.WAIT_MS
