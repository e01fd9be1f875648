import pytest
from hypothesis import settings

from tests.support.clock import SettableClock

# A busy machine is no failure of the product: a test that measures time says so itself.
settings.register_profile("soundings", deadline=None)
settings.load_profile("soundings")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="Tests of pages on both databases, not on one each")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()
