from collections.abc import Callable

import pytest
from sqlalchemy import Engine, update

from app.database import session, transaction
from app.enums import JobState
from app.jobs.lease import DatabaseTime, Terms
from app.jobs.runner import Runner
from app.jobs.work import Ended, Work
from app.models import Job
from tests.support.clock import SettableClock

TERMS = Terms(lease_seconds=60, heartbeat_seconds=10, attempts=3)
MakeRunner = Callable[[Callable[[Work], None]], Runner]


@pytest.fixture
def endings() -> list[Ended]:
    return []


@pytest.fixture
def runner_of(engine: Engine, clock: SettableClock, endings: list[Ended]) -> MakeRunner:
    """A runner whose only handler, of the kind "counting", is the one given."""

    def make(handler: Callable[[Work], None]) -> Runner:
        return Runner({"counting": handler}, endings={"counting": endings.append}, terms=TERMS, clock=clock)

    return make


def job_row() -> Job:
    """The one job there is, as it is now."""
    session.rollback()
    return session.query(Job).one()


def let_the_lease_end(by_seconds: float = -1) -> None:
    with transaction():
        session.execute(
            update(Job).where(Job.state == JobState.RUNNING).values(lease_until=DatabaseTime(by_seconds))
        )
