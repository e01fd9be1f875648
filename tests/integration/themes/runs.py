"""A run of the job 'theming' for tests: started, broken off, and compared by what it wrote."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, update

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import JobState, RunState
from app.jobs.lease import DatabaseTime
from app.jobs.runner import Runner
from app.jobs.work import Work
from app.models import (
    Coding,
    Consultation,
    Disposition,
    Job,
    Proposal,
    ProposalMember,
    ReadingOrder,
    Suggestion,
    SuggestionDecision,
    ThemingRun,
)
from app.themes.services.start_run import start_run
from tests.integration.themes.conftest import World, again

Write = Callable[..., Any]
NO_ROWS: dict[str, list[Any]] = {"order": [], "suggestions": [], "proposals": [], "members": []}


class Killed(BaseException):
    """As if the process were gone: nothing of the runner's own handling runs."""


def start(world: World, written: Write) -> ThemingRun:
    run: ThemingRun = written(start_run, again(world.consultation), actor=actors.officer(world.lead.id))
    return run


def a_run_of(world: World, written: Write, runner: Runner) -> ThemingRun:
    run = start(world, written)
    assert runner.run_all() == 1
    session.rollback()
    done = session.get_one(ThemingRun, run.id)
    assert done.state is RunState.COMPLETE
    return done


def current_run(world: World) -> Any:
    query = select(Consultation.current_run_id).where(Consultation.id == world.consultation.id)
    return session.scalar(query)


def rows_of(run_id: Any) -> dict[str, list[Any]]:
    """What a run wrote, without keys and times."""
    suggestions = session.scalars(select(Suggestion).where(Suggestion.run_id == run_id))
    proposals = session.scalars(select(Proposal).where(Proposal.run_id == run_id))
    members = session.execute(
        select(Proposal.key, ProposalMember.comment_id, ProposalMember.score, ProposalMember.typical)
        .join(Proposal, Proposal.id == ProposalMember.proposal_id)
        .where(Proposal.run_id == run_id)
    )
    order = select(ReadingOrder.position, ReadingOrder.comment_id).where(ReadingOrder.run_id == run_id)
    return {
        "order": [tuple(row) for row in session.execute(order.order_by(ReadingOrder.position))],
        "suggestions": sorted(
            (
                str(s.comment_id),
                s.rank,
                str(s.theme_id),
                s.probability,
                s.stance,
                s.start,
                s.end,
                repr(s.reason),
            )
            for s in suggestions
        ),
        "proposals": sorted((p.key, p.label, p.size, repr(p.terms)) for p in proposals),
        "members": sorted((key, str(comment), score, typical) for key, comment, score, typical in members),
    }


def decided() -> dict[str, set[Any]]:
    return {
        "codings": {(c.id, c.removed_at, c.updated_at) for c in session.scalars(select(Coding))},
        "outcomes": {(d.id, d.value, d.version) for d in session.scalars(select(Disposition))},
        "decisions": {(d.id, d.decision, d.updated_at) for d in session.scalars(select(SuggestionDecision))},
    }


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> Iterator[None]:
    """The process ends at this step of the run, before or after the step is committed."""
    real, seen = Work.step, []

    @contextmanager
    def counted(work: Work, **given: Any) -> Iterator[Any]:
        seen.append(given["words"])
        if len(seen) == step and not after:
            raise Killed
        with real(work, **given) as own:
            yield own
        if len(seen) == step:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Work, "step", counted)
        yield


def broken_off(runner: Runner, monkeypatch: pytest.MonkeyPatch, *, step: int, after: bool = True) -> None:
    with killed_at(step, monkeypatch, after=after), pytest.raises(Killed):
        runner.run_all()
    session.rollback()


def lease_ended() -> None:
    with transaction():
        session.execute(update(Job).where(Job.state == JobState.RUNNING).values(lease_until=DatabaseTime(-1)))


def taken_over(runner: Runner) -> None:
    """By a worker that finds the job's lease run out."""
    lease_ended()
    runner.run_all()
    session.rollback()
