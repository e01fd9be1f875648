"""A run whose worker ends in the middle: the next one goes on, or begins again where the input is another."""

from datetime import datetime

import pytest
from sqlalchemy import func, select, update

from app.database import session, transaction
from app.enums import ProposalFate, RunState
from app.jobs.runner import Runner
from app.models import (
    AuditEvent,
    Proposal,
    Suggestion,
    Theme,
    ThemingRun,
)
from app.themes.services import clear_run, course, run_theming, run_triage
from tests.integration.themes.conftest import World
from tests.integration.themes.runs import (
    Write,
    a_run_of,
    broken_off,
    current_run,
    lease_ended,
    rows_of,
    start,
    taken_over,
)

STEPS = 12  # of a run of the world, its rows written in blocks as small as below


def test_a_worker_killed_while_older_rows_go_leaves_the_finished_run_as_it_is(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what a run reads has changed by then."""
    first = a_run_of(world, written, runner)
    a_run_of(world, written, runner)
    monkeypatch.setattr(clear_run, "AT_ONCE", 1)
    monkeypatch.setattr(course, "SAY_EVERY", 1e9)
    third = start(world, written)
    broken_off(runner, monkeypatch, step=10)
    made, left = rows_of(third.id), len(rows_of(first.id)["suggestions"])
    assert current_run(world) == third.id
    _retire(world, at=world.consultation.opens_at)

    taken_over(runner)

    assert (rows_of(third.id), rows_of(first.id)["suggestions"]) == (made, [])
    assert left > 0


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_run_that_is_killed_anywhere_goes_on_and_writes_what_an_unbroken_one_writes(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch, step: int, after: bool
) -> None:
    monkeypatch.setattr(run_theming, "BLOCK", 3)
    monkeypatch.setattr(run_triage, "BLOCK", 3)
    monkeypatch.setattr(run_theming, "MEMBERS", 1)
    monkeypatch.setattr(run_theming, "PLACES", 3)
    monkeypatch.setattr(course, "SAY_EVERY", 1e9)
    unbroken = a_run_of(world, written, runner)
    broken = start(world, written)

    broken_off(runner, monkeypatch, step=step, after=after)
    finished = session.get_one(ThemingRun, broken.id).state is RunState.COMPLETE
    assert finished is (step == STEPS and after)
    assert current_run(world) == (broken.id if finished else unbroken.id)
    taken_over(runner)

    assert session.get_one(ThemingRun, broken.id).state is RunState.COMPLETE
    assert current_run(world) == broken.id
    assert rows_of(broken.id) == rows_of(unbroken.id)
    finished_events = select(func.count(AuditEvent.id)).where(AuditEvent.action == "finished")
    assert session.scalar(finished_events) == 2


def test_input_that_changed_while_the_run_was_down_starts_it_again(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = start(world, written)
    broken_off(runner, monkeypatch, step=4)
    _retire(world, at=world.consultation.opens_at)
    taken_over(runner)

    assert session.get_one(ThemingRun, broken.id).figures["themes"] == 2
    assert world.mayor.id not in set(session.scalars(select(Suggestion.theme_id)))


def test_a_run_killed_as_it_begins_again_begins_again_even_if_its_input_is_the_first_one_by_then(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clear_run, "AT_ONCE", 1)
    monkeypatch.setattr(course, "SAY_EVERY", 1e9)
    unbroken = a_run_of(world, written, runner)
    broken = start(world, written)
    broken_off(runner, monkeypatch, step=7)
    suggested = len(rows_of(broken.id)["suggestions"])
    _retire(world, at=world.consultation.opens_at)

    lease_ended()
    broken_off(runner, monkeypatch, step=2)
    left = len(rows_of(broken.id)["suggestions"])
    _retire(world, at=None)
    taken_over(runner)

    assert 0 < left < suggested
    assert rows_of(broken.id) == rows_of(unbroken.id)


def test_a_run_begins_again_whose_proposals_were_decided_in_the_run_in_use(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_run_of(world, written, runner)
    with transaction():
        session.execute(update(Proposal).values(fate=ProposalFate.DISMISSED))
    broken = start(world, written)
    broken_off(runner, monkeypatch, step=6)
    assert {
        fate for (fate,) in session.execute(select(Proposal.fate).where(Proposal.run_id == broken.id))
    } == {ProposalFate.DISMISSED}
    _retire(world, at=world.consultation.opens_at)

    taken_over(runner)

    assert session.get_one(ThemingRun, broken.id).state is RunState.COMPLETE


def _retire(world: World, *, at: datetime | None) -> None:
    with transaction():
        session.get_one(Theme, world.mayor.id).retired_at = at
