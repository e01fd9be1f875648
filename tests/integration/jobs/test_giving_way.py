"""Whoever waits to send a response while a job writes."""

import gc
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, event, false

from app import database
from app.database import session, transaction
from app.jobs.services.enqueue import enqueue
from app.jobs.work import SHORT_SECONDS, Work
from app.models import WorkerSign
from tests.integration.jobs.conftest import MakeRunner
from tests.support.clock import SettableClock


def test_who_waits_for_a_step_writes_before_the_next(
    runner_of: MakeRunner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite; on PostgreSQL nobody waits."""
    monkeypatch.setattr(database, "GIVE_WAY_SECONDS", 2.0)  # a busy machine may be slow to begin a thread
    written: list[str] = []

    def send() -> None:
        with transaction():
            session.execute(delete(WorkerSign).where(false()))
            written.append("sending")
        session.remove()

    sender = Thread(target=send)

    def handler(work: Work) -> None:
        for number in (1, 2):
            with work.step(done=number, total=2, words="Writing"):
                if number == 1:
                    sender.start()
                sleep(2 * SHORT_SECONDS)
                written.append(f"step {number}")

    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
    assert runner_of(handler).run_all() == 1
    sender.join()

    assert written.index("sending") < written.index("step 2")


def test_no_garbage_is_collected_before_a_step_is_committed(
    runner_of: MakeRunner, clock: SettableClock
) -> None:
    seen: list[str] = []
    held: list[list[int]] = []

    def collecting(phase: str, _info: object) -> None:
        seen.append(phase)

    def handler(work: Work) -> None:
        event.listen(session(), "after_commit", lambda _: seen.append("commit"))
        with work.step(done=1, total=1, words="Writing"):
            seen.clear()
            held.extend([number] for number in range(100_000))

    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
    gc.callbacks.append(collecting)
    try:
        assert runner_of(handler).run_all() == 1
    finally:
        gc.callbacks.remove(collecting)

    assert seen[0] == "commit"
    assert "start" in seen
