"""A council's own sentence encoder: recorded in runs and in learning, and told where it is unfit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.database import session
from app.enums import JobState, RunState, Stance
from app.jobs.runner import Runner
from app.models import Job, ThemingRun
from app.themes.run_handler import choose_encoder
from app.themes.services import engine
from app.themes.services.code_comment import add_coding
from app.theming import choice
from app.theming.static_encoder import WORDLLAMA, wordllama_encoder
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.integration.themes.runs import a_run_of, broken_off, rows_of, start, taken_over
from tests.integration.themes.test_learn import learnt
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

Write = Callable[..., Any]
TINY = Path(__file__).parents[2] / "support" / "tiny_encoder"


@pytest.fixture(autouse=True)
def _shipped_afterwards() -> Iterator[None]:
    yield
    choose_encoder(None)


def test_a_run_records_the_encoder_and_what_came_after_says_so_when_it_is_another(
    world: World, written: Write, runner: Runner, clock: SettableClock
) -> None:
    before = a_run_of(world, written, runner)
    shipped, weights = before.encoder, before.engine_version
    choose_encoder(TINY)
    written(
        add_coding, world.comments[0].id, theme_id=world.mayor.id, stance=Stance.CONCERN, actor=world.actor
    )
    assert learnt(runner, clock) == 1
    learnt_with = session.get_one(ThemingRun, before.id).encoder
    session.rollback()
    now = a_run_of(world, written, runner)

    assert learnt_with.startswith(f"{shipped}; since then {shipped} + tiny_encoder ")
    assert now.encoder == learnt_with.removeprefix(f"{shipped}; since then ")
    assert now.engine_version != weights
    assert now.figures["changed"]["encoder"] is True
    assert a_run_of(world, written, runner).figures["changed"]["encoder"] is False


def all_by_the_one_that_ships(_: pytest.MonkeyPatch) -> None:
    choose_encoder(None)


def themes_by_the_one_that_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "proposing_encoder", lambda _: wordllama_encoder())


def test_a_run_says_by_what_its_themes_were_proposed_and_the_next_when_it_is_another(
    world: World, written: Write, runner: Runner, clock: SettableClock, client: AuditedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    choose_encoder(TINY)
    before = a_run_of(world, written, runner)
    number, proposing = before.number, before.parameters["proposing"]
    themes_by_the_one_that_ships(monkeypatch)
    now = a_run_of(world, written, runner)

    assert now.encoder == f"{WORDLLAMA} + {proposing}"
    assert now.parameters["proposing"] == WORDLLAMA
    assert now.figures["changed"]["encoder"] is True
    sign_in(client, again(world.lead), at=clock.now())
    said = words(client.page(f"{HERE}/runs/{number}"))
    assert f"Encoder {WORDLLAMA} + {proposing} Encoder of proposed themes {proposing} " in said


@pytest.mark.parametrize("changed", [all_by_the_one_that_ships, themes_by_the_one_that_ships])
def test_a_run_taken_up_with_another_encoder_begins_again(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch,
    changed: Callable[[pytest.MonkeyPatch], None],
) -> None:  # fmt: skip
    choose_encoder(TINY)
    broken = start(world, written)
    broken_off(runner, monkeypatch, step=4)
    changed(monkeypatch)
    taken_over(runner)

    unbroken = a_run_of(world, written, runner)
    taken_up = session.get_one(ThemingRun, broken.id)
    assert (taken_up.encoder, taken_up.parameters) == (unbroken.encoder, unbroken.parameters)
    assert rows_of(broken.id) == rows_of(unbroken.id)


def test_a_run_learning_and_the_page_say_what_was_compared_and_why_not_more(
    world: World, written: Write, runner: Runner, clock: SettableClock, client: AuditedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sign_in(client, again(world.lead), at=clock.now())

    def page_of(run: ThemingRun) -> str:
        return words(client.page(f"{HERE}/runs/{run.number}"))

    assert "The software compared words alone, not whole sentences. State" in page_of(
        a_run_of(world, written, runner)
    )
    choose_encoder(TINY, named=False)
    beside = a_run_of(world, written, runner)
    assert "The software compared whole sentences as well as words." in page_of(beside)

    monkeypatch.setattr(choice, "MOST_FOR_SENTENCES", 1)
    alone = a_run_of(world, written, runner)
    written(
        add_coding, world.comments[0].id, theme_id=world.mayor.id, stance=Stance.CONCERN, actor=world.actor
    )
    assert learnt(runner, clock) == 1
    encoder = session.get_one(ThemingRun, alone.id).encoder
    assert beside.encoder.startswith(f"{encoder} + tiny_encoder ")
    assert "whole sentences of up to 20,000 comments: of more it would take too long." in page_of(alone)


def test_a_run_says_why_an_encoder_cannot_be_used(
    world: World, written: Write, runner: Runner, tmp_path: Path
) -> None:
    choose_encoder(tmp_path)
    run = start(world, written)
    runner.run_all()
    session.rollback()
    job = session.scalars(select(Job).where(Job.id == run.job_id)).one()

    assert (run.state, job.state) == (RunState.FAILED, JobState.FAILED)
    assert job.error.startswith(f"The engine cannot start: the encoder in {tmp_path} cannot be used: ")
    assert job.error.endswith("it has no model.onnx.")
