"""Workers as processes, killed and stopped in the middle of a job of eight steps."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.database import session, transaction
from app.enums import JobState
from app.jobs.services.enqueue import enqueue
from app.models import OutboxMail
from tests.faults.counting_worker import TO
from tests.faults.waiting import freeze, thaw, the_job, until
from tests.support.site import ROOT, Site

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

KILLED_AT = (2, 5, 7)

Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def gate(tmp_path: Path, site: Site) -> Path:
    """Holds how far the counting may go."""
    gate = tmp_path / "gate"
    open_to(0, gate)
    with transaction():
        enqueue("counting", arguments={"gate": str(gate)}, now=datetime.now(UTC))
    return gate


@pytest.fixture
def start(site: Site) -> Start:
    def counting_worker(name: str) -> subprocess.Popen[bytes]:
        with (site.instance / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "tests.faults.counting_worker"]
            site.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=site.environment, stdout=log, stderr=log
            )
        return site.processes[name]

    return counting_worker


def open_to(number: int, gate: Path) -> None:
    """At once, so that no worker reads an empty file."""
    gate.with_suffix(".new").write_text(str(number))
    gate.with_suffix(".new").replace(gate)


def counted() -> int:
    return the_job("counting").done


def lines() -> list[tuple[str, str]]:
    """Each step written, and the token of the claim that wrote it."""
    session.rollback()
    rows = session.query(OutboxMail.subject, OutboxMail.body).order_by(OutboxMail.subject)
    return [(subject, body) for subject, body in rows]


def done() -> bool:
    return the_job("counting").state == JobState.DONE


def test_a_worker_that_is_killed_is_followed_by_one_that_goes_on(
    gate: Path, start: Start, site: Site
) -> None:
    for number in KILLED_AT:
        start("worker")
        open_to(number, gate)
        until(lambda number=number: counted() == number, what=f"step {number}")  # type: ignore[misc]
        site.kill("worker")
        assert not done()
    start("worker")
    open_to(TO, gate)
    until(done, what="the end of the job")

    assert lines() == [(str(number), token) for number, token in enumerate("11222334", start=1)]


def test_a_worker_stopped_past_its_lease_writes_nothing_when_it_wakes(gate: Path, start: Start) -> None:
    sleeper = start("sleeper")
    open_to(3, gate)
    until(lambda: counted() == 3, what="step 3")
    freeze(sleeper)
    start("second")
    until(lambda: the_job("counting").token == 2, what="a second worker")
    open_to(6, gate)
    until(lambda: counted() == 6, what="step 6")
    thaw(sleeper, log=gate.with_name("sleeper.log"))
    open_to(TO, gate)
    until(done, what="the end of the job")

    expected = [(str(number), "1" if number <= 3 else "2") for number in range(1, TO + 1)]
    assert lines() == expected
    assert the_job("counting").token == 2


def test_a_worker_asked_to_leave_gives_its_job_back_at_once(gate: Path, start: Start) -> None:
    """Even from the middle of a step that does not end."""
    leaving = start("worker")
    open_to(2, gate)
    until(lambda: counted() == 2, what="step 2")
    leaving.send_signal(signal.SIGTERM)

    assert leaving.wait(timeout=15) == 0
    job = the_job("counting")
    assert (job.state, job.done, job.attempts, job.lease_until) == (JobState.QUEUED, 2, 0, None)
    start("next")
    open_to(TO, gate)
    until(done, what="the end of the job")
    assert [subject for subject, _ in lines()] == [str(number) for number in range(1, TO + 1)]


def test_without_the_bell_the_worker_finds_the_job_by_itself(gate: Path, start: Start, site: Site) -> None:
    (site.instance / "queue.sqlite").write_bytes(b"this is not a database" * 100)
    open_to(TO, gate)
    start("worker")
    until(done, what="the end of the job")
