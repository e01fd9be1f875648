"""SQLite as Soundings uses it: one file, one writer at a time, many readers.

A writing unit takes the write lock at its start (BEGIN IMMEDIATE): a deferred transaction that reads and then
writes fails with "database is locked" whatever the timeout. Reading units stay deferred.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

WAIT_MS = 10_000  # for a lock
LOOK_MS = 3  # SQLite sleeps 1 and 2 ms within it
GIVE_WAY_SECONDS = 0.1  # enough for the eight threads of two web processes to write
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={WAIT_MS}", "foreign_keys=ON")
PRIMARY_CODE = 0xFF  # of an error, without what SQLite says more closely


def sqlite_engine(url: str, *, writing: Callable[[], bool]) -> Engine:
    """`writing`: whether the transaction that begins here and now will write."""
    engine = create_engine(url, connect_args={"timeout": WAIT_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", partial(_begin, writing))
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(writing: Callable[[], bool], connection: Connection) -> None:
    if not writing():
        connection.exec_driver_sql("BEGIN")
        return
    file: Any = connection.connection.driver_connection
    file.execute(f"PRAGMA busy_timeout={LOOK_MS}")
    try:
        _take_write_lock(connection, file, until=monotonic() + WAIT_MS / 1000)
    finally:
        file.execute(f"PRAGMA busy_timeout={WAIT_MS}")


def _take_write_lock(connection: Connection, file: Any, *, until: float) -> None:
    """SQLite looks for the lock less and less often, in the end ten times a second, and it stands free
    meanwhile: when many write, that was most of their wait. Asked anew every few milliseconds, all of them
    have the same chance.
    """
    while monotonic() < until:
        try:
            file.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                break
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # what is wrong is raised as of any other statement
