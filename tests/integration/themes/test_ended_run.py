"""What a run that was stopped or failed leaves behind: nothing on a page, and soon nothing at all."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.database import session, transaction
from app.enums import ProposalFate, RunState
from app.jobs.runner import Runner
from app.jobs.work import CannotBeDone
from app.models import Comment, Proposal, ProposalMember, Suggestion, ThemingRun
from app.responses.services.erase import erase_rows
from app.responses.services.forget_in_proposals import forget_in_proposals
from app.themes.services import clear_run, run_theming
from tests.integration.themes.conftest import World
from tests.integration.themes.pages import HERE
from tests.integration.themes.runs import NO_ROWS, Write, broken_off, current_run, rows_of, start, taken_over
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock


@pytest.fixture
def fail(
    suggested: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], ThemingRun]:
    """Beside the run in use, one that fails when all its rows are written."""

    def no_end(*_given: Any, **_more: Any) -> Any:
        raise CannotBeDone("The run cannot be finished.")

    def fail() -> ThemingRun:
        with monkeypatch.context() as patched:
            patched.setattr(run_theming, "reading_order", no_end)
            run = start(suggested, written)
            assert runner.run_one()
        session.rollback()
        assert run.state is RunState.FAILED
        assert len(rows_of(run.id)["suggestions"]) > 2
        return run

    return fail


def test_no_page_shows_its_rows(suggested: World, fail: Any, analyst: AuditedClient) -> None:
    pages = [
        f"{HERE}/frame", f"{HERE}/frame/proposals", f"{HERE}/frame/themes/PLA03", f"{HERE}/code",
        f"{HERE}/comments/{suggested.comments[2].id}",
    ]  # fmt: skip
    used = current_run(suggested)
    before = [analyst.page(page).get_text() for page in pages]

    fail()

    assert [analyst.page(page).get_text() for page in pages] == before
    assert current_run(suggested) == used


def test_a_response_that_is_erased_goes_from_them(suggested: World, fail: Any, clock: SettableClock) -> None:
    run = fail()
    named = set(session.scalars(select(Proposal.label).where(Proposal.run_id == run.id)))
    with transaction():
        erased = [key for one in suggested.comments for key in erase_rows(one.response_id, now=clock.now())]

    for table in (ProposalMember, Suggestion):
        assert session.scalar(select(func.count(table.id)).where(table.comment_id.in_(erased))) == 0
    left = set(session.scalars(select(Proposal.label).where(Proposal.run_id == run.id)))
    assert left == {"Proposal without a name"} != named


def test_they_go_a_few_at_a_time_whichever_worker_does_it(
    suggested: World, fail: Any, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, used = fail(), current_run(suggested)
    with transaction():  # as the run in use had them, whose decisions a run takes over
        session.execute(update(Proposal).where(Proposal.run_id == run.id).values(fate=ProposalFate.DISMISSED))
    suggestions, kept = rows_of(run.id)["suggestions"], rows_of(used)
    monkeypatch.setattr(clear_run, "AT_ONCE", 1)

    broken_off(runner, monkeypatch, step=2)
    assert len(rows_of(run.id)["suggestions"]) == len(suggestions) - 2
    taken_over(runner)

    assert rows_of(run.id) == NO_ROWS
    assert rows_of(used) == kept


@pytest.mark.both_databases
def test_words_are_hidden_while_they_go(suggested: World, fail: Any) -> None:
    """Whoever hides words waits for the step, and finds what it left."""
    run_id, ids = fail().id, [one.id for one in suggested.comments]
    labels = session.scalars(select(Proposal.label).where(Proposal.run_id == run_id)).all()
    began, go_on = Event(), Event()

    def clear() -> None:
        try:
            with transaction():
                for table, ids in clear_run._rows(run_id):
                    assert clear_run._clear_some(table, ids, run_id) < clear_run.AT_ONCE
                began.set()
                go_on.wait(0.5)
        finally:
            session.remove()

    thread = Thread(target=clear)
    thread.start()
    assert began.wait(30)
    with transaction():
        session.execute(update(Comment).where(Comment.id.in_(ids)).values(redacted_text="[hidden]"))
        forget_in_proposals(ids, labels)
    go_on.set()
    thread.join()

    assert rows_of(run_id) == NO_ROWS
