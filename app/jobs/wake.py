"""The bell: it shortens the worker's wait. Losing a ring, or the whole bell, costs a second or two.

On SQLite it is Huey's queue in a file beside the database; on PostgreSQL the worker looks at the ledger
every second, and needs no table outside the migrations. Decision 0040.
"""

import logging
import sqlite3
import time
from pathlib import Path
from threading import Event

from huey.storage import SqliteStorage

RING = b"1"
LISTEN_EVERY_SECONDS = 0.2
LOOK_EVERY_SECONDS = 1.0

log = logging.getLogger(__name__)
_place: list[Path] = []
_open: dict[Path, SqliteStorage] = {}


def connect(queue: Path | None) -> None:
    """Where the bell is; None for none. The file is made when it is first needed."""
    _place[:] = [queue] if queue else []


def ring() -> None:
    """Never fails: the job row is there already, and the worker will find it."""
    try:
        for queue in _storage():
            queue.enqueue(RING)
    except (sqlite3.Error, OSError) as error:
        log.warning(
            "The worker could not be woken (%s); it will find the job by itself.", type(error).__name__
        )


def wait(stop: Event) -> None:
    """Until the bell rings, or a second has gone, or `stop` is set."""
    until = time.monotonic() + LOOK_EVERY_SECONDS
    while time.monotonic() < until and not stop.wait(LISTEN_EVERY_SECONDS):
        if rang():
            return


def rang() -> bool:
    """Whether there was a ring; it is heard once, by one worker."""
    try:
        heard = False
        for queue in _storage():
            while queue.dequeue() is not None:
                heard = True
        return heard
    except (sqlite3.Error, OSError):
        return False


def _storage() -> list[SqliteStorage]:
    for path in _place:
        if path not in _open:
            _open[path] = SqliteStorage("soundings", filename=str(path), fsync=False, cache_mb=0)
    return [_open[path] for path in _place]
