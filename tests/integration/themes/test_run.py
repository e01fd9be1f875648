"""The job from end to end, with the real engine on a few comments."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import Decision, DispositionValue, FlagSource, JobState, RunState, Stance
from app.jobs.runner import Runner
from app.jobs.services.ask_to_stop import ask_to_stop
from app.models import (
    Exclusion,
    Flag,
    Job,
    Redaction,
    Suggestion,
    SuggestionDecision,
    ThemingRun,
)
from app.themes.queries.suggestions import waiting_page
from app.themes.refusals import RunNotWanted
from app.themes.services import run_theming
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.decide import accept_suggestion, dismiss_suggestion
from tests.integration.themes.conftest import TERMS, World, again
from tests.integration.themes.runs import NO_ROWS, Write, a_run_of, current_run, decided, rows_of, start
from tests.support.clock import SettableClock


def test_a_run_suggests_proposes_and_flags_and_then_officers_see_it(
    world: World, written: Write, runner: Runner
) -> None:
    run = a_run_of(world, written, runner)
    rows = rows_of(run.id)

    assert current_run(world) == run.id
    assert run.figures["comments"] == 6
    assert run.encoder
    assert len(run.inputs_digest) == 64
    assert rows["suggestions"]
    buses = waiting_page(world.consultation.id, theme="PLA03", page=1, size=50)
    assert buses.rows[0].comment_id in {world.comments[n].id for n in (0, 1, 5)}
    for one in session.scalars(select(Suggestion)):
        assert 0 <= one.start < one.end <= len(one.comment.text)
    nothing = select(Flag.code).where(
        Flag.comment_id == world.comments[3].id, Flag.source == FlagSource.MACHINE
    )
    assert session.scalars(nothing).all() == ["ZZ01"]
    assert not session.scalar(
        select(func.count(Suggestion.id)).where(Suggestion.comment_id == world.comments[3].id)
    )


def test_a_double_press_is_one_run_and_without_comments_there_is_none(world: World, written: Write) -> None:
    assert start(world, written).id == start(world, written).id
    assert session.scalar(select(func.count(Job.id))) == 1
    with transaction():
        session.execute(update(Job).values(state=JobState.DONE))
        for comment in world.comments:
            session.add(Exclusion(response_id=comment.response_id, reason="blank"))
    with pytest.raises(RunNotWanted):
        start(world, written)


def test_a_second_run_changes_nothing_that_was_decided_and_does_not_ask_again(
    world: World, written: Write, runner: Runner
) -> None:
    first = a_run_of(world, written, runner)
    asked = {one.theme_id: one for one in session.scalars(
        select(Suggestion).where(Suggestion.comment_id == world.comments[0].id, Suggestion.run_id == first.id)
    )}  # fmt: skip
    written(accept_suggestion, asked[world.buses.id].id, actor=world.actor)
    written(dismiss_suggestion, asked[world.mayor.id].id, actor=world.actor)
    written(
        add_coding, world.comments[2].id, theme_id=world.homes.id, stance=Stance.CONCERN, actor=world.actor
    )
    written(set_disposition, world.comments[3].id, value=DispositionValue.NO_POINT, actor=world.actor)
    before = decided()

    second = a_run_of(world, written, runner)

    assert decided() == before
    assert second.number == first.number + 1
    assert second.figures["changed"]["comments"] >= 0
    assert all(sum(numbers) > 0 for numbers in second.figures["changed"]["themes"].values())
    waiting = {
        (row.comment_id, code)
        for code in ("PLA03", "PLA07", "GOV02")
        for row in waiting_page(world.consultation.id, theme=code, page=1, size=50).rows
    }
    assert not waiting & {
        (world.comments[0].id, "PLA03"),
        (world.comments[0].id, "GOV02"),
        (world.comments[2].id, "PLA07"),
    }
    assert {row.decision for row in session.scalars(select(SuggestionDecision))} == set(Decision)


def test_the_rows_of_older_runs_go_but_not_what_a_coding_came_from(
    world: World, written: Write, runner: Runner
) -> None:
    first = a_run_of(world, written, runner)
    best = session.scalars(select(Suggestion).where(Suggestion.run_id == first.id).limit(1)).one()
    written(accept_suggestion, best.id, actor=world.actor)
    a_run_of(world, written, runner)
    assert len(rows_of(first.id)["suggestions"]) > 1

    a_run_of(world, written, runner)

    left = session.scalars(select(Suggestion).where(Suggestion.run_id == first.id)).all()
    assert [one.id for one in left] == [best.id]
    assert rows_of(first.id)["proposals"] == []


def test_a_run_that_fails_or_is_stopped_leaves_the_one_before_in_use(
    world: World, written: Write, runner: Runner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_run_of(world, written, runner)
    stopped = start(world, written)
    written(ask_to_stop, stopped.job_id, actor=actors.officer(world.lead.id))
    runner.run_all()
    failed = start(world, written)

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr(run_theming, "code_comments", broken)
    for _ in range(TERMS.attempts):
        runner.run_all()
        clock.move(minutes=5)
    session.rollback()

    assert session.get_one(ThemingRun, stopped.id).state is RunState.STOPPED
    assert session.get_one(ThemingRun, failed.id).state is RunState.FAILED
    assert current_run(world) == first.id
    assert rows_of(failed.id) == NO_ROWS
    assert start(world, written).number == 4


def test_personal_data_is_proposed_for_hiding_once_and_not_again_when_reversed(
    world: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    with transaction():
        comment = again(world.comments[4])
        comment.text = comment.redacted_text = "Ring me on 01632 960123 about the mayor, please."
    a_run_of(world, written, runner)
    found = session.scalars(select(Redaction)).one()
    assert (found.proposed, found.source, found.kind) == (True, FlagSource.MACHINE, "phone")
    assert comment.text[found.start : found.end] == "01632 960123"
    with transaction():
        session.get_one(Redaction, found.id).reversed_at = clock.now()

    a_run_of(world, written, runner)

    assert session.scalar(select(func.count(Redaction.id))) == 1
