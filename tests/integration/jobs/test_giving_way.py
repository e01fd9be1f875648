"""Whoever waits to send a response while a job writes."""

from threading import Thread
from time import sleep

from sqlalchemy import delete, false

from app.database import session, transaction
from app.jobs.services.enqueue import enqueue
from app.jobs.work import SHORT_SECONDS, Work
from app.models import WorkerSign
from tests.integration.jobs.conftest import MakeRunner
from tests.support.clock import SettableClock


def test_who_waits_for_a_step_writes_before_the_next(runner_of: MakeRunner, clock: SettableClock) -> None:
    written: list[str] = []

    def send() -> None:
        with transaction():
            session.execute(delete(WorkerSign).where(false()))
            written.append("sending")
        session.remove()

    sender = Thread(target=send)

    def handler(work: Work) -> None:
        for number in (1, 2, 3):
            with work.step(done=number, total=3, words="Writing"):
                if number == 1:
                    sender.start()
                sleep(2 * SHORT_SECONDS)
                written.append(f"step {number}")

    with transaction():
        enqueue("counting", arguments={}, now=clock.now())
    assert runner_of(handler).run_all() == 1
    sender.join()

    assert written.index("sending") < written.index("step 2")
