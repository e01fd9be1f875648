"""The two databases a benchmark runs on, each as durable as in production."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from app import database
from tests.support.databases import fresh_postgresql, fresh_sqlite
from tests.support.site import Site, running

DATABASES = ("postgresql", "sqlite")
AS_INSTALLED = {"JOB_LEASE_SECONDS": "60", "JOB_HEARTBEAT_SECONDS": "10"}  # the tests have shorter ones


@contextmanager
def stage(name: str, folder: Path) -> Iterator[Site]:
    """A new database of its kind, and the product on it; the session of this process is bound to it."""
    instance = folder / name
    instance.mkdir()
    fresh = fresh_sqlite(instance) if name == "sqlite" else fresh_postgresql("soundings_bench")
    with fresh as url, running(url, instance) as site:
        site.settings |= AS_INSTALLED
        engine = database.connect(url)
        try:
            yield site
        finally:
            site.stop()
            database.session.remove()
            engine.dispose()


def durability(name: str) -> dict[str, str]:
    """What the database says that a commit waits for."""
    asked: Sequence[str] = (
        ("fsync", "synchronous_commit") if name == "postgresql" else ("journal_mode", "synchronous")
    )
    word = "SHOW" if name == "postgresql" else "PRAGMA"
    found = {one: str(database.session.scalar(text(f"{word} {one}"))) for one in asked}
    database.session.remove()
    return found
