"""The worker of the product, killed and frozen in the middle of theming the whole sample."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actor import SYSTEM
from app.database import session, transaction
from app.enums import JobState, RunState
from app.models import Consultation, Job, Proposal, ProposalMember, Suggestion, ThemingRun
from app.themes.services.start_run import start_run
from tests.faults.waiting import freeze, thaw, until
from tests.support.site import Site

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]


def job_of(run_id: uuid.UUID) -> Job:
    session.rollback()
    return (
        session.query(Job).join(ThemingRun, ThemingRun.job_id == Job.id).filter(ThemingRun.id == run_id).one()
    )


def finished(run_id: uuid.UUID) -> bool:
    return job_of(run_id).state not in (JobState.QUEUED, JobState.RUNNING)


def got_beyond(run_id: uuid.UUID, checkpoint: dict[str, Any]) -> bool:
    return job_of(run_id).checkpoint not in ({}, checkpoint)


@pytest.fixture
def run(site: Site) -> uuid.UUID:
    """The sample is loaded and its run waits for a worker."""
    site.flask("sample", "load")
    run_id = session.scalars(select(ThemingRun.id)).one()
    session.rollback()
    return run_id


def what_it_wrote(run_id: uuid.UUID) -> dict[str, list[Any]]:
    """Without keys and times, which differ from run to run."""
    suggestions = select(
        Suggestion.comment_id, Suggestion.theme_id, Suggestion.rank, Suggestion.probability,
        Suggestion.assigned, Suggestion.stance, Suggestion.start, Suggestion.end,
    ).where(Suggestion.run_id == run_id)  # fmt: skip
    members = (
        select(Proposal.key, Proposal.label, Proposal.size, ProposalMember.comment_id, ProposalMember.score)
        .join(ProposalMember)
        .where(Proposal.run_id == run_id)
    )
    return {
        "suggestions": sorted(map(tuple, session.execute(suggestions))),
        "members": sorted(map(tuple, session.execute(members))),
    }


def an_unbroken_run() -> uuid.UUID:
    with transaction():
        consultation = session.scalars(select(Consultation)).one()
        return start_run(consultation, actor=SYSTEM, now=datetime.now(UTC)).id


def same_as_unbroken(broken: uuid.UUID) -> None:
    """With a worker running: the broken run is whole, shown, and what a run left in peace gives."""
    assert job_of(broken).state == JobState.DONE
    assert session.scalars(select(Consultation.current_run_id)).one() == broken
    unbroken = an_unbroken_run()
    until(lambda: finished(unbroken), what="the end of the unbroken run")
    first, second = what_it_wrote(broken), what_it_wrote(unbroken)

    assert len(first["suggestions"]) > 1000
    assert first == second
    states = session.execute(select(ThemingRun.state, func.count()).group_by(ThemingRun.state)).all()
    assert [tuple(row) for row in states] == [(RunState.COMPLETE, 2)]


def test_a_run_whose_worker_is_killed_twice_ends_as_if_it_had_not_been(run: uuid.UUID, site: Site) -> None:
    reached: dict[str, Any] = {}
    for _ in range(2):
        site.start_worker()
        until(lambda reached=reached: got_beyond(run, reached), what="a checkpoint")  # type: ignore[misc]
        site.kill("worker")
        reached = job_of(run).checkpoint
        assert job_of(run).state == JobState.RUNNING
        assert session.scalars(select(Consultation.current_run_id)).one() is None
    site.start_worker()
    until(lambda: finished(run), what="the end of the run")

    assert job_of(run).token == 3
    same_as_unbroken(run)


def test_a_worker_frozen_past_its_lease_does_not_write_the_run_again(run: uuid.UUID, site: Site) -> None:
    site.start_worker("frozen")
    until(lambda: got_beyond(run, {}), what="a checkpoint")
    freeze(site.processes["frozen"])
    assert not finished(run)
    site.start_worker("second")
    until(lambda: finished(run), what="the end of the run")
    written = what_it_wrote(run)
    thaw(site.processes["frozen"], log=site.instance / "frozen.log")

    assert what_it_wrote(run) == written
    assert (job_of(run).token, job_of(run).state) == (2, JobState.DONE)
    assert session.scalars(select(Consultation.current_run_id)).one() == run
