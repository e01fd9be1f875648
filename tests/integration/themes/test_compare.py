"""Two runs beside each other, and where the newer would code otherwise than officers did."""

from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import Decision, Role, RunState
from app.jobs.runner import Runner
from app.models import Coding, Comment, Consultation, SuggestionDecision, ThemingRun
from app.responses.services.forget_in_proposals import forget_in_proposals
from app.themes.queries.disagreeing import coded_otherwise
from app.themes.services import compare_runs
from app.themes.services.ask_to_compare import ask_to_compare
from app.themes.services.finish_run import finish_run, reckon
from tests.factories.coding import a_coding, a_proposal, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
READ = {"comments": 5, "coded": 4, "themes": 2, "flags": 0, "personal_data": 0, "campaigns": 0}
COMPARE = "/officer/c/a-bid/runs/compare"


@pytest.fixture
def here(app: Flask) -> Consultation:
    """Run 1 gave comments 0 to 3 the theme PLA03; run 2 gives 0 and 1 PLA03, 2 GOV02, 3 nothing. Officers
    coded 0 and 2 as PLA03, and 1 as PLA33, which was merged into PLA03."""
    with transaction():
        here = a_consultation()
        net, officer = a_net(here), an_officer()
        buses = a_theme(here, parent_id=net.id)
        mayor = a_theme(here, code="GOV02", label="No mayor", parent_id=net.id)
        old = a_theme(here, code="PLA33", label="Trams", parent_id=net.id, merged_into_id=buses.id)
        comments = [
            a_comment(a_response(here, reference=f"AB-{n}"), f"Number {n} wants a bus") for n in range(5)
        ]
        first = a_run(here)
        second = a_run(here, number=2, state=RunState.RUNNING, encoder="another", figures=READ)
        for comment in comments[:4]:
            a_suggestion(first, comment, buses)
        for comment, theme, assigned in (
            (comments[0], buses, True), (comments[1], buses, True), (comments[2], mayor, True),
            (comments[3], buses, False), (comments[0], mayor, True),
        ):  # fmt: skip
            a_suggestion(second, comment, theme, assigned=assigned)
        a_proposal(first, comments[:2], label="Went away")
        a_proposal(first, comments[2:5], key="Q01-T02", label="Grew before")
        a_proposal(second, comments[1:5], label="Grew")
        for at, theme in ((0, buses), (1, old), (2, buses), (4, buses)):
            a_coding(comments[at], theme, officer)
        session.add(
            SuggestionDecision(
                comment_id=comments[0].id, theme_id=mayor.id, officer_id=officer.id,
                decision=Decision.DISMISSED,
            )
        )  # fmt: skip
        finish_run(second.id, now=NOW, reckoned=reckon(second.id))
    session.refresh(here)
    return here


def otherwise(here: Consultation) -> dict[str, tuple[list[str], list[str]]]:
    page = coded_otherwise(here.id)
    assert page.after is None
    return {
        one.reference: ([t.code for t in one.coded], [t.code for t in one.suggested]) for one in page.items
    }


def test_the_page_tells_what_appeared_went_and_moved_and_how_stable_themes_are(
    app: Flask, here: Consultation, clock: SettableClock
) -> None:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    with transaction():
        officer = an_officer("reader")
        a_role(officer, Role.ANALYST, consultation=here)
    sign_in(client, officer, at=clock.now())
    before = session.scalar(select(func.count(Coding.id)))

    said = words(client.page(COMPARE))

    assert "Looking at results before closing is recorded." in said
    assert "Run 2 beside run 1." in said
    assert "This run compared texts with another encoder" in said
    assert "This run compared texts with another encoder" in words(client.page("/officer/c/a-bid/runs/2"))
    assert "3 comments would get other themes now." in said
    assert "GOV02 No mayor 0 2 0 0% PLA03 Buses and rural access 4 2 2 50%" in said
    assert "Where comments moved From To Comments PLA03 GOV02 1" in said
    assert "Gone Proposal Comments Went away 2" in said
    assert "Grew, before: Grew before 3 4 3" in said
    assert "What officers coded stands until an officer changes it." in said
    assert "AB-2" in said
    assert "Compare the newest run" in words(client.page("/officer/c/a-bid/runs"))
    assert session.scalar(select(func.count(Coding.id))) == before


def test_merged_themes_and_dismissed_suggestions_are_no_difference(here: Consultation) -> None:
    assert otherwise(here) == {"AB-2": (["PLA03"], ["GOV02"])}


def test_few_differences_among_many_comments_are_found_in_steps(
    here: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.themes.queries.disagreeing.WINDOW", 1)
    monkeypatch.setattr("app.themes.queries.disagreeing.WINDOWS", 2)

    first = coded_otherwise(here.id)
    second = coded_otherwise(here.id, after=first.after)

    assert (first.items, [one.reference for one in second.items]) == ([], ["AB-2"])
    assert coded_otherwise(here.id, after=second.after).after is None


def test_runs_that_were_not_compared_when_they_finished_are_compared_by_a_job(
    app: Flask, here: Consultation, runner: Runner, clock: SettableClock
) -> None:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    newest = select(ThemingRun).where(ThemingRun.number == 2)
    told = session.scalars(newest).one().figures["changed"]
    with transaction():
        lead = an_officer("lead")
        a_role(lead, Role.LEAD_ANALYST, consultation=here)
        session.scalars(newest).one().figures = {"suggestions": 5}
    sign_in(client, lead, at=clock.now())
    assert "Run 2 was not compared with run 1" in words(client.page(COMPARE))

    client.submit(COMPARE)
    client.submit(COMPARE)
    assert runner.run_all() == 1

    session.rollback()
    assert session.scalars(newest).one().figures == {"suggestions": 5, "changed": told}
    assert "Run 2 beside run 1." in words(client.page(COMPARE))


def test_a_run_that_finishes_while_the_two_before_it_are_compared_leaves_them_without(
    here: Consultation, runner: Runner, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It clears the rows of the older, some of which may have been read by then."""
    newest = select(ThemingRun).where(ThemingRun.number == 2)
    with transaction():
        session.scalars(newest).one().figures = {}
        actor = actors.officer(an_officer("lead").id)
        assert ask_to_compare(here.id, actor=actor, now=clock.now())

    def another_finishes(*_runs: object) -> dict[str, object]:
        with transaction():
            a_run(session.get_one(Consultation, here.id), number=3)
        return {"stability": {}}

    monkeypatch.setattr(compare_runs, "compared", another_finishes)
    assert runner.run_all() == 1
    session.rollback()
    assert session.scalars(newest).one().figures == {}


@pytest.mark.both_databases
def test_words_hidden_while_a_run_finishes_are_not_told_by_it(here: Consultation) -> None:
    """Nothing of the hiding can be seen before it is committed, so the run waits for that."""
    with transaction():
        there = session.get_one(Consultation, here.id)
        comment = a_comment(a_response(there, reference="AB-9"), "Mary Kqseven wants a bus")
        key, run = comment.id, a_run(there, number=3, state=RunState.RUNNING)
        a_proposal(run, [comment], label="Kqseven bus")
        run_id = run.id
    ready, hidden, done = Event(), Event(), Event()

    def finish() -> None:
        try:
            reckoned = reckon(run_id)
            session.rollback()
            ready.set()
            assert hidden.wait(30)
            with transaction():
                finish_run(run_id, now=NOW, reckoned=reckoned)
        finally:
            session.remove()
            done.set()

    thread = Thread(target=finish)
    thread.start()
    assert ready.wait(30)
    with transaction():
        session.get_one(Comment, key).redacted_text = "Mary [name removed] wants a bus"
        forget_in_proposals([key], ["Kqseven"])
        hidden.set()
        done.wait(0.5)
    thread.join()

    session.expire_all()
    told = session.get_one(ThemingRun, run_id).figures["changed"]["proposals"]
    assert told["appeared"] == [["bus", 1]]
