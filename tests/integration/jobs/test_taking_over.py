"""Who holds a job, when workers meet, die, sleep and shut down."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import Engine, update

from app.database import session, transaction
from app.enums import JobState
from app.jobs.lease import DatabaseTime, Terms
from app.jobs.runner import Runner
from app.jobs.services.claim import claim
from app.jobs.services.enqueue import enqueue
from app.jobs.work import Ended, Fenced, Work
from app.models import Job, WorkerSign
from tests.factories.job import a_job
from tests.integration.jobs.conftest import TERMS, MakeRunner, job_row, let_the_lease_end
from tests.integration.jobs.test_running import count_to_three
from tests.support.clock import SettableClock


class Killed(BaseException):
    """Stands for kill -9: nothing of the runner's own tidying is reached."""


@pytest.fixture
def queued(engine: Engine, clock: SettableClock) -> None:
    with transaction():
        a_job()


def claim_once(clock: SettableClock) -> Work:
    with transaction():
        claimed = claim(kinds=["counting"], lease=60, now=clock.now())
    assert claimed is not None
    return Work(claimed, terms=TERMS, clock=clock, shutting_down=Event())


def test_two_workers_at_once_claim_it_once(engine: Engine, clock: SettableClock) -> None:
    with transaction():
        for _ in range(10):
            a_job()
    together = Barrier(2)

    def take_all() -> list[object]:
        together.wait()
        taken: list[object] = []
        while True:
            with transaction():
                claimed = claim(kinds=["counting"], lease=60, now=clock.now())
            if claimed is None:
                session.remove()
                return taken
            taken.append(claimed.job_id)

    with ThreadPoolExecutor(2) as pool:
        first, second = [future.result() for future in [pool.submit(take_all), pool.submit(take_all)]]

    assert len(first) + len(second) == 10
    assert len({*first, *second}) == 10


def test_a_held_job_is_left_alone_until_its_lease_ends(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    claim_once(clock)
    assert not runner_of(count_to_three).run_one()
    let_the_lease_end()

    assert runner_of(count_to_three).run_one()
    assert (job_row().state, job_row().token) == (JobState.DONE, 2)


def test_a_lease_beyond_what_anyone_was_given_has_ended_too(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    """The database's clock went back an hour, so the dead worker's lease ends an hour too late."""
    claim_once(clock)
    let_the_lease_end(by_seconds=3600)

    assert runner_of(count_to_three).run_one()


def test_a_worker_that_was_taken_over_writes_nothing(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    sleeper = claim_once(clock)
    let_the_lease_end()
    runner_of(count_to_three).run_one()

    with pytest.raises(Fenced), sleeper.step(done=1, total=9, words="Too late") as own:
        own.add(WorkerSign(name="the sleeper's", seen_at=clock.now()))
    assert sleeper.fenced.is_set()
    with pytest.raises(Fenced):
        sleeper.stop_asked()
    assert (job_row().done, job_row().total) == (3, 3)
    assert session.query(WorkerSign).count() == 0


def test_work_goes_on_from_the_last_finished_step(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    died = claim_once(clock)
    with died.step(done=2, total=3, words="Counting 2", checkpoint={"counted": 2}):
        pass
    let_the_lease_end()
    counted = []

    def handler(work: Work) -> None:
        counted.append(work.checkpoint["counted"])
        count_to_three(work)

    runner_of(handler).run_one()

    assert counted == [2]
    assert job_row().done == 3


def test_a_worker_that_dies_again_and_again_at_one_place_ends_it(
    queued: None, clock: SettableClock, runner_of: MakeRunner, endings: list[Ended]
) -> None:
    for _ in range(TERMS.attempts):
        claim_once(clock)
        let_the_lease_end()

    runner_of(lambda work: pytest.fail("a fourth attempt")).run_one()

    job = job_row()
    assert job.state == JobState.FAILED
    assert job.error == "The worker stopped 3 times at the same place. Nothing half done was kept."
    assert [ended.job_id for ended in endings] == [job.id]


def test_deaths_between_which_work_got_on_do_not_add_up(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    for number in range(1, 7):
        dies = claim_once(clock)
        with dies.step(done=number, total=7, words="On", checkpoint={"counted": 1, "on": number}):
            pass
        let_the_lease_end()

    runner_of(count_to_three).run_one()

    assert job_row().state == JobState.DONE


def test_saying_how_far_it_got_is_not_getting_on(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    for _ in range(TERMS.attempts):
        dies = claim_once(clock)
        for number in (1, 2):
            with dies.step(done=number, total=7, words="On", checkpoint={"counted": 0}):
                pass
        let_the_lease_end()

    runner_of(count_to_three).run_one()

    assert job_row().state == JobState.FAILED


def test_a_long_computation_keeps_its_lease_by_the_heartbeat(queued: None, clock: SettableClock) -> None:
    terms = Terms(lease_seconds=60, heartbeat_seconds=0.02, attempts=3)
    renewed = Event()

    def handler(work: Work) -> None:
        with transaction():
            session.execute(update(Job).values(lease_until=DatabaseTime(1), stop_asked=True))
        while not work.stop_asked():
            renewed.wait(0.01)
        left = session.scalar(DatabaseTime(30).select().where(Job.lease_until > DatabaseTime(30)))
        assert left is not None
        renewed.set()

    Runner({"counting": handler}, terms=terms, clock=clock).run_one()

    assert renewed.is_set()


def test_the_heartbeat_notices_that_the_job_was_taken_over(queued: None, clock: SettableClock) -> None:
    terms = Terms(lease_seconds=60, heartbeat_seconds=0.02, attempts=3)

    def handler(work: Work) -> None:
        with transaction():
            session.execute(update(Job).values(token=Job.token + 1))
        assert work.fenced.wait(10)
        work.stop_asked()

    Runner({"counting": handler}, terms=terms, clock=clock).run_one()

    assert (job_row().state, job_row().token) == (JobState.RUNNING, 2)


def test_shutting_down_keeps_the_step_and_gives_the_job_back(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    def handler(work: Work) -> None:
        runner.shutting_down.set()
        count_to_three(work)

    runner = runner_of(handler)
    runner.run_one()

    job = job_row()
    assert (job.state, job.done, job.checkpoint, job.attempts) == (JobState.QUEUED, 1, {"counted": 1}, 0)
    assert job.lease_until is None


def test_a_step_that_takes_too_long_to_wait_for_is_abandoned(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    def handler(work: Work) -> None:
        runner.abandon()
        with work.step(done=1, total=3, words="Too late"):
            pytest.fail("the abandoned step was entered")

    runner = runner_of(handler)
    runner.run_one()

    job = job_row()
    assert (job.state, job.done, job.attempts) == (JobState.QUEUED, 0, 0)


def test_a_killed_worker_leaves_the_row_as_its_last_step_did(
    queued: None, clock: SettableClock, runner_of: MakeRunner
) -> None:
    def handler(work: Work) -> None:
        with work.step(done=1, total=3, words="Counting 1", checkpoint={"counted": 1}):
            pass
        raise Killed

    with pytest.raises(Killed):
        runner_of(handler).run_one()

    assert (job_row().state, job_row().done) == (JobState.RUNNING, 1)


def test_two_enqueuers_of_one_key_at_once_make_one_job(engine: Engine, clock: SettableClock) -> None:
    together = Barrier(2)

    def ask() -> object:
        together.wait()
        with transaction():
            job_id = enqueue("counting", arguments={}, now=clock.now(), idempotency_key="once").id
        session.remove()
        return job_id

    with ThreadPoolExecutor(2) as pool:
        first, second = [future.result() for future in [pool.submit(ask), pool.submit(ask)]]

    assert first == second
    assert session.query(Job).count() == 1
