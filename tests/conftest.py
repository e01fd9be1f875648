import pytest

from tests.support.clock import SettableClock


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()
