"""The product's processes on a database of their own, of each kind, for a test to break."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.database import connect, session
from tests.support.databases import fresh_postgresql, fresh_sqlite
from tests.support.site import Site, running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield stack.enter_context(fresh_sqlite(tmp_path))
        else:
            yield stack.enter_context(fresh_postgresql(f"soundings_faults_{worker}"))


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """Nothing runs yet; the session of the test is bound to the same database."""
    engine = connect(database_url)
    with running(database_url, tmp_path) as site:
        yield site
    session.remove()
    engine.dispose()
