"""The job that lets the suggestions of unread comments follow what officers code."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from app.accounts import actor as actors
from app.cleaning.services.mark_languages import id_at
from app.cleaning.services.record_triage import forget_triage_of_others
from app.counting.flags import SAFEGUARDING
from app.database import session, transaction, utc_now
from app.enums import DispositionValue, FlagSource, RunState, Stage, Stance
from app.jobs.runner import Runner
from app.models import (
    Coding,
    Consultation,
    Disposition,
    Flag,
    Job,
    ReadingOrder,
    Redaction,
    Suggestion,
    Theme,
    ThemingRun,
)
from app.themes.queries import run_inputs
from app.themes.services import learn as learn_module
from app.themes.services.ask_to_learn import EVERY_SECONDS, LEARNING, ask_for_late
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.decide import accept_suggestion, dismiss_suggestion
from app.themes.services.finish_run import finish_run, reckon
from app.themes.services.start_run import start_run
from app.theming.triage.rules import code
from tests.factories.coding import a_coding, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.response import a_response
from tests.integration.themes.conftest import World, again
from tests.support.clock import SettableClock

Write = Callable[..., Any]


@pytest.fixture
def ran(world: World, written: Write, runner: Runner) -> World:
    """After a run of the engine."""
    written(start_run, again(world.consultation), actor=actors.officer(world.lead.id))
    assert runner.run_all() == 1
    session.rollback()
    return world


def learnt(runner: Runner, clock: SettableClock) -> int:
    clock.set(clock.now() + timedelta(seconds=EVERY_SECONDS + 1))
    count = runner.run_all()
    session.rollback()
    return count


def rows(comment_id: uuid.UUID) -> list[tuple[Any, ...]]:
    query = select(
        Suggestion.id, Suggestion.theme_id, Suggestion.rank, Suggestion.probability, Suggestion.stance
    ).where(Suggestion.comment_id == comment_id)
    found = [tuple(row) for row in session.execute(query.order_by(Suggestion.rank))]
    session.rollback()
    return found


def jobs() -> int:
    count = session.scalar(select(func.count(Job.id)).where(Job.kind == LEARNING)) or 0
    session.rollback()
    return count


def test_what_an_officer_codes_changes_the_suggestions_of_comments_to_come(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    unread, read = ran.comments[5].id, ran.comments[0].id
    before, seen = rows(unread), rows(read)
    written(add_coding, read, theme_id=ran.mayor.id, stance=Stance.CONCERN, actor=ran.actor)

    assert learnt(runner, clock) == 1
    after = rows(unread)
    assert [row[3] for row in after] != [row[3] for row in before]
    assert {row[:2] for row in before} <= {row[:2] for row in after}
    assert [row[2] for row in after] == list(range(1, len(after) + 1))
    assert rows(read) == seen


def test_a_comment_that_anybody_decided_on_keeps_the_suggestions_they_saw(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    coded, accepted, dismissed, outcome = (ran.comments[place].id for place in (0, 1, 2, 4))
    written(add_coding, coded, theme_id=ran.homes.id, stance=Stance.CONCERN, actor=ran.actor)
    written(accept_suggestion, rows(accepted)[0][0], actor=ran.actor)
    written(dismiss_suggestion, rows(dismissed)[0][0], actor=ran.actor)
    written(set_disposition, outcome, value=DispositionValue.OUT_OF_SCOPE, actor=ran.actor)
    before = [rows(one) for one in (coded, accepted, dismissed, outcome)]
    codings = codings_of()

    assert learnt(runner, clock) == 1
    assert [rows(one) for one in (coded, accepted, dismissed, outcome)] == before
    assert codings_of() == codings


def test_ten_seconds_of_coding_are_one_job_and_what_is_done_leaves_the_ledger(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    for comment in ran.comments[:3]:
        written(add_coding, comment.id, theme_id=ran.buses.id, stance=Stance.CONCERN, actor=ran.actor)
    assert jobs() == 1
    assert runner.run_all() == 0  # not before the ten seconds are over
    learnt(runner, clock)
    written(add_coding, ran.comments[4].id, theme_id=ran.mayor.id, stance=Stance.CONCERN, actor=ran.actor)
    learnt(runner, clock)
    assert jobs() == 1


def test_nothing_is_learnt_before_the_first_run(world: World, written: Write) -> None:
    written(
        add_coding, world.comments[0].id, theme_id=world.buses.id, stance=Stance.CONCERN, actor=world.actor
    )

    assert jobs() == 0


def test_a_theme_that_is_new_in_the_frame_is_suggested_without_another_run(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    with transaction():
        theme = Theme(
            consultation_id=ran.consultation.id, code="RAIL", label="Homes near the stations", position=9,
            definition="Homes near railway stations", cue_words=["near the stations"],
        )  # fmt: skip
        session.add(theme)
        session.flush()
        rail = theme.id
    written(add_coding, ran.comments[0].id, theme_id=ran.buses.id, stance=Stance.CONCERN, actor=ran.actor)
    learnt(runner, clock)

    assert rail in {row[1] for row in rows(ran.comments[5].id)}


def test_learning_again_from_the_same_codings_changes_nothing(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    written(add_coding, ran.comments[0].id, theme_id=ran.buses.id, stance=Stance.CONCERN, actor=ran.actor)
    learnt(runner, clock)
    before = rows(ran.comments[5].id)
    written(set_disposition, ran.comments[3].id, value=DispositionValue.UNCLEAR, actor=ran.actor)
    learnt(runner, clock)

    assert rows(ran.comments[5].id) == before


def test_comments_that_wait_change_places_so_that_a_theme_without_examples_comes_first(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    before = order()
    written(add_coding, ran.comments[0].id, theme_id=ran.buses.id, stance=Stance.CONCERN, actor=ran.actor)
    written(add_coding, ran.comments[1].id, theme_id=ran.buses.id, stance=Stance.CONCERN, actor=ran.actor)
    learnt(runner, clock)
    after = order()
    again_ = [ident for ident in after if ident not in (ran.comments[0].id, ran.comments[1].id)]

    assert sorted(after) == sorted(before)
    assert again_[0] != ran.comments[5].id  # on buses, which have examples by now
    assert learnt(runner, clock) == 0


def order() -> list[uuid.UUID]:
    found = list(session.scalars(select(ReadingOrder.comment_id).order_by(ReadingOrder.position)))
    session.rollback()
    return found


def codings_of() -> list[tuple[Any, ...]]:
    query = select(Coding.id, Coding.theme_id, Coding.suggestion_id, Coding.stance, Coding.removed_at)
    found = [tuple(row) for row in session.execute(query.order_by(Coding.id))]
    session.rollback()
    return found


def test_of_jobs_that_piled_up_one_learns_and_a_second_reading_asks_for_none(
    ran: World, written: Write, runner: Runner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (0, 1):
        written(set_disposition, ran.comments[number].id, value=DispositionValue.NO_POINT, actor=ran.actor)
        clock.set(clock.now() + timedelta(seconds=EVERY_SECONDS))
    before = jobs()
    second = {"layer": "check-1", "actor": ran.actor}
    written(set_disposition, ran.comments[2].id, value=DispositionValue.NO_POINT, **second)
    written(add_coding, ran.comments[3].id, theme_id=ran.mayor.id, stance=Stance.CONCERN, **second)
    assert jobs() == before == 2

    read: list[object] = []
    reading = run_inputs.read_inputs

    def counted(key: uuid.UUID, **more: Any) -> Any:
        read.append(key)
        return reading(key, **more)

    monkeypatch.setattr(learn_module, "read_inputs", counted)
    assert learnt(runner, clock) == 2
    assert len(read) == 1


def test_a_comment_that_came_after_the_run_is_read_and_triaged_by_one_job_and_no_decision_changes(
    ran: World, written: Write, runner: Runner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many others come first in the order of reading."""
    monkeypatch.setattr(learn_module, "AHEAD", 1)
    with transaction():
        here = closed_after_the_run(ran)
        texts = ("No bus on Sundays. Ring me on 01392 496 000.", "Homes near the stations, please.")
        new = [a_comment(a_response(here), text, question_id=ran.question.id) for text in texts]
        decided = a_comment(a_response(here), "Buses again", question_id=ran.question.id)
        session.add(
            Disposition(comment_id=decided.id, value=DispositionValue.UNCLEAR, officer_id=ran.officer.id)
        )
        a_coding(again(ran.comments[0]), again(ran.buses), again(ran.officer))
    before = rows(ran.comments[0].id)

    looked(after=0.0, clock=clock)
    looked(after=0.0, clock=clock)
    assert learnt(runner, clock) == 1

    assert all(rows(one.id) for one in new)
    assert rows(decided.id) == []
    assert rows(ran.comments[0].id) == before
    assert session.scalar(select(func.count(Coding.id)).where(Coding.removed_at.is_(None))) == 1
    found = session.execute(select(Redaction.comment_id, Redaction.proposed)).all()
    assert (new[0].id, True) in [tuple(row) for row in found]
    assert session.scalars(select(Disposition.value)).all() == [DispositionValue.UNCLEAR]


@pytest.mark.parametrize(
    ("stage", "late", "asked"), [(Stage.CLOSED, True, 1), (Stage.CLOSED, False, 0), (Stage.OPEN, True, 0)]
)
def test_what_came_while_a_run_read_the_others_is_asked_for_when_it_is_in_use(
    ran: World, clock: SettableClock, stage: Stage, late: bool, asked: int
) -> None:
    with transaction():
        here = again(ran.consultation)
        here.stage = stage
        run = a_run(here, number=2, state=RunState.RUNNING)
        for one in ran.comments:
            a_suggestion(run, again(one), again(ran.buses))
        if late:
            a_comment(a_response(here), "No bus on Sundays.", question_id=ran.question.id)
        finish_run(run.id, now=clock.now(), reckoned=reckon(run.id))

    assert jobs() == asked


def test_a_call_for_help_that_came_while_a_run_read_the_others_stays_flagged(ran: World) -> None:
    with transaction():
        run = session.scalars(select(ThemingRun)).one()
        new = a_comment(a_response(again(ran.consultation)), "Help me", question_id=ran.question.id)
        session.add_all(
            Flag(comment_id=key, code=SAFEGUARDING, source=FlagSource.MACHINE)
            for key in (new.id, ran.comments[5].id)
        )
        session.flush()
        forget_triage_of_others(set(), consultation_id=ran.consultation.id, before=run.id)

    flagged = select(Flag.comment_id).where(Flag.code == SAFEGUARDING)
    assert session.scalars(flagged).all() == [new.id]


def test_after_a_run_without_a_frame_what_it_read_keeps_its_flags(
    ran: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    """That it is one of many alike takes all of them to find."""
    with transaction():
        session.execute(delete(ReadingOrder))
        session.execute(delete(Suggestion))
        session.add(Flag(comment_id=ran.comments[5].id, code=code("campaign"), source=FlagSource.MACHINE))
    written(add_coding, ran.comments[0].id, theme_id=ran.mayor.id, stance=Stance.CONCERN, actor=ran.actor)

    assert learnt(runner, clock) == 1
    assert code("campaign") in session.scalars(select(Flag.code)).all()
    assert rows(ran.comments[5].id)


def test_nothing_is_asked_for_while_a_consultation_is_open_nor_for_what_the_run_read(
    ran: World, clock: SettableClock
) -> None:
    with transaction():
        closed_after_the_run(ran)
    looked(after=0.0, clock=clock)
    assert jobs() == 0
    with transaction():
        here = again(ran.consultation)
        a_comment(a_response(here), "A bus", question_id=ran.question.id)
        here.stage = Stage.OPEN
    looked(after=0.0, clock=clock)
    assert jobs() == 0


def closed_after_the_run(ran: World) -> Consultation:
    """Comments are made at the machine's time, the run was finished at the test's."""
    session.scalars(select(ThemingRun)).one().completed_at = utc_now()
    here = again(ran.consultation)
    here.stage = Stage.CLOSED
    return here


def looked(*, after: float, clock: SettableClock) -> None:
    """As the worker does."""
    with transaction():
        ask_for_late(after=id_at(after), before=id_at(time.time() + 60), now=clock.now())
