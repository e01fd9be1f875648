from collections.abc import Iterator

import pytest

from app.database import session
from app.factory import create_app
from tests.integration.security.world import World, build
from tests.support.clock import SettableClock
from tests.support.databases import empty
from tests.support.settings import settings_for


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One application and one database for all cases of a module: none of them may count on a fresh one."""
    empty(database_url)
    clock = SettableClock()
    app = create_app(settings_for(database_url, tmp_path_factory.mktemp("instance")), clock=clock)
    made = build(app, clock)
    yield made
    session.remove()
    made.app.extensions["engine"].dispose()
