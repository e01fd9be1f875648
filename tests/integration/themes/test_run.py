"""The job from end to end, with the real engine on a few comments."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import Decision, DispositionValue, FlagSource, JobState, RunState, Stance
from app.factory import ENDINGS, HANDLERS
from app.jobs.lease import DatabaseTime, Terms
from app.jobs.runner import Runner
from app.jobs.services.ask_to_stop import ask_to_stop
from app.jobs.work import Work
from app.models import (
    AuditEvent,
    Coding,
    Comment,
    Consultation,
    Disposition,
    Exclusion,
    Flag,
    Job,
    Proposal,
    ProposalMember,
    Redaction,
    Response,
    Suggestion,
    SuggestionDecision,
    Theme,
    ThemingRun,
)
from app.responses.services.erase import erase_rows
from app.themes.queries.suggestions import waiting_page
from app.themes.refusals import RunNotWanted
from app.themes.services import course, run_theming, run_triage, store_run
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.decide import accept_suggestion, dismiss_suggestion
from app.themes.services.start_run import start_run
from tests.integration.themes.conftest import World, again
from tests.support.clock import SettableClock

Write = Callable[..., Any]
STEPS = 10  # of a run of the world, its rows written in blocks as small as below
TERMS = Terms(lease_seconds=60, heartbeat_seconds=10, attempts=3)


class Killed(BaseException):
    """As if the process were gone: nothing of the runner's own handling runs."""


@pytest.fixture
def runner(world: World, clock: SettableClock) -> Runner:
    return Runner(HANDLERS, endings=ENDINGS, terms=TERMS, clock=clock)


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
    return {
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


def test_a_worker_killed_while_older_rows_go_leaves_the_finished_run_as_it_is(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what a run reads has changed by then."""
    first = a_run_of(world, written, runner)
    a_run_of(world, written, runner)
    monkeypatch.setattr(store_run, "CLEARED_AT_ONCE", 1)
    monkeypatch.setattr(course, "SAY_EVERY", 1e9)
    third = start(world, written)
    with killed_at(9, monkeypatch, after=True), pytest.raises(Killed):
        runner.run_all()
    session.rollback()
    made, left = rows_of(third.id), len(rows_of(first.id)["suggestions"])
    assert current_run(world) == third.id
    with transaction():
        session.get_one(Theme, world.mayor.id).retired_at = world.consultation.opens_at
        session.execute(update(Job).values(lease_until=DatabaseTime(-1)))

    runner.run_all()

    assert (rows_of(third.id), rows_of(first.id)["suggestions"]) == (made, [])
    assert left > 0


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


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_run_that_is_killed_anywhere_goes_on_and_writes_what_an_unbroken_one_writes(
    world: World, written: Write, runner: Runner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch,
    step: int, after: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(run_theming, "BLOCK", 3)
    monkeypatch.setattr(run_triage, "BLOCK", 3)
    monkeypatch.setattr(run_theming, "MEMBERS", 1)
    monkeypatch.setattr(course, "SAY_EVERY", 1e9)
    unbroken = a_run_of(world, written, runner)
    broken = start(world, written)

    with killed_at(step, monkeypatch, after=after), pytest.raises(Killed):
        runner.run_all()
    session.rollback()
    finished = session.get_one(ThemingRun, broken.id).state is RunState.COMPLETE
    assert finished is (step == STEPS and after)
    assert current_run(world) == (broken.id if finished else unbroken.id)
    with transaction():
        session.execute(update(Job).where(Job.state == JobState.RUNNING).values(lease_until=DatabaseTime(-1)))
    Runner(HANDLERS, endings=ENDINGS, terms=TERMS, clock=clock).run_all()
    session.rollback()

    assert session.get_one(ThemingRun, broken.id).state is RunState.COMPLETE
    assert current_run(world) == broken.id
    assert rows_of(broken.id) == rows_of(unbroken.id)
    finished_events = select(func.count(AuditEvent.id)).where(AuditEvent.action == "finished")
    assert session.scalar(finished_events) == 2


def test_input_that_changed_while_the_run_was_down_starts_it_again(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = start(world, written)
    with killed_at(4, monkeypatch, after=True), pytest.raises(Killed):
        runner.run_all()
    session.rollback()
    with transaction():
        session.get_one(Theme, world.mayor.id).retired_at = world.consultation.opens_at
        session.execute(update(Job).values(lease_until=DatabaseTime(-1)))
    runner.run_all()
    session.rollback()

    assert session.get_one(ThemingRun, broken.id).figures["themes"] == 2
    assert world.mayor.id not in set(session.scalars(select(Suggestion.theme_id)))


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
    assert rows_of(failed.id) == {"suggestions": [], "proposals": [], "members": []}
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


def test_words_hidden_while_a_run_is_under_way_are_in_no_cue_and_no_label(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    real = getattr(run_theming, "discover_themes")  # noqa: B009

    def hide_meanwhile(*given: Any, **more: Any) -> Any:
        proposals = real(*given, **more)
        with transaction():
            for comment in session.scalars(select(Comment)):
                comment.hidden = [[0, len(comment.text), "[name removed]"]]
                comment.redacted_text = "[name removed]"
        found.extend(proposals[0].label.split())
        return proposals

    monkeypatch.setattr(run_theming, "discover_themes", hide_meanwhile)

    run = a_run_of(world, written, runner)

    reasons = session.scalars(select(Suggestion.reason).where(Suggestion.run_id == run.id)).all()
    assert reasons
    assert {cue for reason in reasons for cue in reason["cues"]} == set()
    labels = session.scalars(select(Proposal.label).where(Proposal.run_id == run.id)).all()
    assert found
    assert set(labels) == {"Proposal without a name"}
    assert not any(session.scalars(select(Proposal.terms).where(Proposal.run_id == run.id)))


def test_a_response_erased_while_a_run_is_under_way_leaves_no_word_in_it(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erased while campaigns are looked for, and more of them while themes are."""
    erased, named = list[Any](), set[str]()

    def erasing_after(module: ModuleType, name: str, responses: slice) -> None:
        real = getattr(module, name)

        def erase_meanwhile(*given: Any, **more: Any) -> Any:
            found = real(*given, **more)
            with transaction():
                ids = session.scalars(select(Response.id).order_by(Response.id)).all()[responses]
                erased.extend(key for one in ids for key in erase_rows(one, now=runner._clock.now()))
            if name == "discover_themes":
                named.update(word for one in found for word in one.label.split())
            return found

        monkeypatch.setattr(module, name, erase_meanwhile)

    erasing_after(run_triage, "near_identical", slice(1))
    erasing_after(run_theming, "discover_themes", slice(1, None))

    run = a_run_of(world, written, runner)

    assert named
    assert set(session.scalars(select(Proposal.label).where(Proposal.run_id == run.id))) == {
        "Proposal without a name"
    }
    assert not any(session.scalars(select(Proposal.terms).where(Proposal.run_id == run.id)))
    for table in (ProposalMember, Suggestion, Flag, Redaction):
        mine = select(func.count(table.id)).where(table.comment_id.in_(erased))
        assert session.scalar(mine) == 0
    assert run.figures["changed"] is None
