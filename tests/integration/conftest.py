"""Tests run on SQLite and on PostgreSQL, on a schema built by the migrations. A test of pages runs on one of
the two, chosen by its name, unless its module is marked `both_databases` (decision 0277).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TypeGuard
from zlib import crc32

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.database import bind, session, transaction
from app.factory import create_app
from app.jobs import wake
from app.models import Consultation
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.databases import empty, fresh_postgresql, fresh_sqlite
from tests.support.settings import settings_for
from tests.support.small_consultation import small_consultation

HERE = Path(__file__).parent
SECURITY = HERE / "security"
DATABASES = ("sqlite", "postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _shares_a_world(item):
            item.add_marker(
                pytest.mark.xdist_group(f"{item.path.stem}-{item.callspec.params['database_url']}")
            )
    if config.getoption("both"):
        return
    elsewhere = [item for item in items if HERE in item.path.parents and _runs_on_the_other(item)]
    config.hook.pytest_deselected(items=elsewhere)
    gone = set(elsewhere)
    items[:] = [item for item in items if item not in gone]


def _on_a_database(item: pytest.Item) -> TypeGuard[pytest.Function]:
    return isinstance(item, pytest.Function) and "database_url" in item.fixturenames


def _shares_a_world(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Of a module whose cases ask one application: one worker builds it once."""
    return _on_a_database(item) and "world" in item.fixturenames and item.path.parent == SECURITY


def _runs_on_the_other(item: pytest.Item) -> bool:
    if not _on_a_database(item) or item.get_closest_marker("both_databases"):
        return False
    if _shares_a_world(item):
        name = item.path.stem
    elif "app" in item.fixturenames:
        name = item.originalname
    else:
        return False
    return DATABASES[crc32(name.encode()) % 2] != item.callspec.params["database_url"]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Each database is built once a worker, in whatever order the tests ask for the two."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with ExitStack() as stack:

        @cache
        def url_of(database: str) -> str:
            if database == "sqlite":
                return stack.enter_context(fresh_sqlite(tmp_path_factory.mktemp("sqlite")))
            return stack.enter_context(fresh_postgresql(f"soundings_{worker}"))

        yield url_of


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, databases: Callable[[str], str]) -> str:
    return databases(request.param)


@pytest.fixture(scope="session")
def kept_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """One application a database and worker: making it anew took a third of the time."""
    made: dict[str, Flask] = {}

    def app_on(url: str) -> Flask:
        if url not in made:
            made[url] = create_app(settings_for(url, tmp_path_factory.mktemp("instance")))
            made[url].test_client_class = AuditedClient
        return made[url]

    yield app_on
    for app in made.values():
        app.extensions["engine"].dispose()


@pytest.fixture
def engine(database_url: str, kept_app: Callable[[str], Flask]) -> Iterator[Engine]:
    """The session is bound to an empty database of the kind this test runs on."""
    engine: Engine = kept_app(database_url).extensions["engine"]
    engine.dispose()  # before its file is replaced: a connection left open would meet another's pages
    empty(database_url)
    bind(engine)
    yield engine
    session.remove()
    engine.dispose()


@pytest.fixture
def app(
    engine: Engine,
    database_url: str,
    kept_app: Callable[[str], Flask],
    tmp_path: Path,
    clock: SettableClock,
) -> Iterator[Flask]:
    """As if just made, with a clock and an instance folder of the test's own."""
    app = kept_app(database_url)
    settings = settings_for(database_url, tmp_path)
    wake.connect(settings.queue_path if database_url.startswith("sqlite") else None)
    began, app_config = dict(app.extensions), dict(app.config)
    app.extensions.update(settings=settings, clock=clock)
    yield app
    app.extensions.clear()
    app.extensions.update(began)
    app.config.clear()
    app.config.update(app_config)


@pytest.fixture
def client(app: Flask) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    return client


@pytest.fixture
def small(engine: Engine) -> Consultation:
    """The small consultation of tests/support, open and committed, with no responses."""
    with transaction():
        return small_consultation()
