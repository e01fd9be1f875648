"""What a job goes through when nothing dies, and what an officer is told when it cannot be done."""

import logging
import uuid
from contextlib import suppress

import pytest
from sqlalchemy import Engine

from app.accounts.actor import SYSTEM
from app.database import session, transaction
from app.enums import JobState
from app.jobs.queries.progress import jobs_of, progress_of, unfinished_jobs, worker_seen
from app.jobs.services.ask_to_stop import ask_to_stop
from app.jobs.services.enqueue import enqueue
from app.jobs.services.sign_of_life import sign, sign_off
from app.jobs.work import CannotBeDone, Ended, Work
from app.models import AuditEvent, WorkerSign
from tests.factories.consultation import a_consultation
from tests.factories.job import a_job
from tests.integration.jobs.conftest import MakeRunner, job_row
from tests.support.clock import SettableClock


def count_to_three(work: Work) -> None:
    for number in range(work.checkpoint.get("counted", 0) + 1, 4):
        with work.step(done=number, total=3, words=f"Counting {number}", checkpoint={"counted": number}):
            pass


def enqueued(clock: SettableClock, **given: object) -> uuid.UUID:
    with transaction():
        return enqueue("counting", arguments={"to": 3}, now=clock.now(), **given).id  # type: ignore[arg-type]


def test_a_job_runs_and_shows_how_far_it_got(runner_of: MakeRunner, clock: SettableClock) -> None:
    seen: list[object] = []

    def handler(work: Work) -> None:
        seen.append((work.arguments, work.checkpoint))
        count_to_three(work)

    job_id = enqueued(clock)

    assert runner_of(handler).run_all() == 1
    progress = progress_of(job_id)
    assert progress is not None
    assert (progress.state, progress.done, progress.total) == (JobState.DONE, 3, 3)
    assert progress.step == "Counting 3"
    assert progress.finished_at == clock.now()
    assert not progress.unfinished
    assert seen == [({"to": 3}, {})]


def test_a_job_rolled_back_with_its_action_never_was(runner_of: MakeRunner, clock: SettableClock) -> None:
    with suppress(LookupError), transaction():
        enqueue("counting", arguments={}, now=clock.now())
        raise LookupError

    assert runner_of(count_to_three).run_all() == 0


def test_a_job_waits_for_its_time_by_the_clock_of_the_application(
    runner_of: MakeRunner, clock: SettableClock
) -> None:
    enqueued(clock)
    clock.move(hours=-1)
    assert not runner_of(count_to_three).run_one()
    clock.move(hours=1)
    assert runner_of(count_to_three).run_one()


def test_the_same_key_gives_the_same_job(engine: Engine, clock: SettableClock) -> None:
    first = enqueued(clock, idempotency_key="theming 1")
    second = enqueued(clock, idempotency_key="theming 1")
    other = enqueued(clock, idempotency_key="theming 2")

    assert first == second
    assert other != first


def test_a_stop_is_honoured_before_the_next_step(
    runner_of: MakeRunner, clock: SettableClock, endings: list[Ended]
) -> None:
    job_id = enqueued(clock)

    def handler(work: Work) -> None:
        with work.step(done=1, total=2, words="First"):
            pass
        with transaction():
            assert ask_to_stop(job_id, actor=SYSTEM, now=clock.now())
        with work.step(done=2, total=2, words="Second"):
            pytest.fail("the step after the stop was entered")

    runner_of(handler).run_all()

    job = job_row()
    assert (job.state, job.done, job.step) == (JobState.STOPPED, 1, "First")
    assert [ended.state for ended in endings] == [JobState.STOPPED]
    assert session.query(AuditEvent.action).scalar() == "asked to stop"


def test_a_queued_job_that_is_stopped_never_starts(runner_of: MakeRunner, clock: SettableClock) -> None:
    job_id = enqueued(clock)
    with transaction():
        ask_to_stop(job_id, actor=SYSTEM, now=clock.now())

    runner_of(lambda work: pytest.fail("it started")).run_all()

    assert job_row().state == JobState.STOPPED
    with transaction():
        assert not ask_to_stop(job_id, actor=SYSTEM, now=clock.now())


def test_a_handler_that_cannot_do_it_says_why_and_is_not_tried_again(
    runner_of: MakeRunner, clock: SettableClock, endings: list[Ended]
) -> None:
    def handler(work: Work) -> None:
        raise CannotBeDone("There are no comments to read.")

    enqueued(clock)
    runner_of(handler).run_all()

    job = job_row()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error == "There are no comments to read."
    assert endings == [
        Ended(job_id=job.id, state=JobState.FAILED, error="There are no comments to read.", now=clock.now())
    ]


def test_a_fault_is_tried_again_and_then_told_without_anybodys_words(
    runner_of: MakeRunner, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    def handler(work: Work) -> None:
        raise ValueError(work.arguments["text"])

    with transaction():
        enqueue("counting", arguments={"text": "I live at 4 Mill Lane"}, now=clock.now())
    runner = runner_of(handler)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert runner.run_all() == 1
            clock.move(minutes=5)
        assert runner.run_all() == 0

    job = job_row()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.error == "A fault in the program (ValueError), 3 times. Nothing half done was kept."
    assert "Mill Lane" not in caplog.text
    assert "in handler" in caplog.text


def test_a_failed_step_leaves_neither_its_rows_nor_its_progress(
    runner_of: MakeRunner, clock: SettableClock
) -> None:
    def handler(work: Work) -> None:
        with work.step(done=1, total=2, words="First", checkpoint={"at": 1}) as own:
            own.add(WorkerSign(name="written by the step", seen_at=work.now()))
            own.flush()
            raise ValueError

    enqueued(clock)
    runner_of(handler).run_one()

    job = job_row()
    assert (job.state, job.done, job.checkpoint) == (JobState.QUEUED, 0, {})
    assert session.query(WorkerSign).count() == 0


def test_jobs_of_a_consultation_are_listed_newest_first(engine: Engine) -> None:
    with transaction():
        consultation = a_consultation()
        a_job(consultation_id=consultation.id, state=JobState.DONE)
        newer = a_job(consultation_id=consultation.id)
        a_job()
        expected, consultation_id = newer.id, consultation.id

    assert [job.state for job in jobs_of(consultation_id)] == [JobState.QUEUED, JobState.DONE]
    assert [job.id for job in unfinished_jobs(consultation_id)] == [expected]
    assert jobs_of(consultation_id, kind="other") == []
    assert progress_of(consultation_id) is None


def test_pages_can_say_whether_a_worker_runs(engine: Engine, clock: SettableClock) -> None:
    assert not worker_seen(now=clock.now())
    with transaction() as own:
        sign(own, name="host:1", now=clock.now())
        sign(own, name="host:1", now=clock.now())
    assert worker_seen(now=clock.now())
    clock.move(seconds=61)
    assert not worker_seen(now=clock.now())
    with transaction() as own:
        sign(own, name="host:1", now=clock.now())
        sign_off(own, name="host:1")
    assert not worker_seen(now=clock.now())
