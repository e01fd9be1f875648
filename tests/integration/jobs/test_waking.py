"""The bell only shortens the wait: with it broken, lost or gone, the ledger still gets done."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from app.database import transaction
from app.jobs import wake
from app.jobs.services.enqueue import enqueue
from tests.integration.jobs.conftest import MakeRunner
from tests.integration.jobs.test_running import count_to_three
from tests.support.clock import SettableClock


@pytest.fixture
def bell(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "queue.sqlite"
    wake.connect(path)
    yield path
    wake.connect(None)


def test_the_bell_rings_once_the_action_is_committed(
    bell: Path, runner_of: MakeRunner, clock: SettableClock
) -> None:
    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
        assert not wake.rang()

    assert wake.rang()
    assert not wake.rang()


def test_with_its_storage_broken_the_job_is_there_and_runs(
    bell: Path, runner_of: MakeRunner, clock: SettableClock
) -> None:
    bell.write_bytes(b"not a database at all" * 100)
    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
    wake.wait(Event())

    assert runner_of(count_to_three).run_all() == 1


def test_with_no_bell_the_job_is_found(runner_of: MakeRunner, clock: SettableClock) -> None:
    wake.connect(None)
    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
    wake.wait(Event())

    assert runner_of(count_to_three).run_all() == 1


def test_a_worker_that_shuts_down_does_not_wait(bell: Path) -> None:
    stop = Event()
    stop.set()
    wake.wait(stop)
