from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.counting.suggestions import suggested_waiting
from app.database import session, transaction
from app.enums import Decision, DispositionValue, Stance
from app.models import AuditEvent, Coding, Disposition, Suggestion, SuggestionDecision
from app.themes.queries.suggestions import waiting_page
from app.themes.refusals import DecidedOtherwise, OutcomeStands, SuggestionGone
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.decide import (
    accept_suggestion,
    dismiss_suggestion,
    find_suggestions,
    undo_decision,
)
from tests.factories.coding import a_run, a_suggestion
from tests.integration.themes.conftest import World, again
from tests.support.clock import SettableClock

Write = Callable[..., Any]


@pytest.fixture
def suggestions(world: World) -> list[Suggestion]:
    """Buses for the first three comments: likely, possible, unlikely."""
    with transaction():
        run = a_run(again(world.consultation))
        return [
            a_suggestion(run, comment, world.buses, probability=probability, end=8)
            for comment, probability in zip(world.comments, (0.9, 0.5, 0.1), strict=False)
        ]


def asked(world: World) -> int:
    return len(waiting_page(world.consultation.id, theme="PLA03", page=1, size=50).rows)


def test_accepting_makes_the_coding_that_was_suggested(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    coding = written(accept_suggestion, suggestions[0].id, actor=world.actor)

    assert (coding.theme_id, coding.stance, coding.suggestion_id) == (
        world.buses.id,
        Stance.CONCERN,
        suggestions[0].id,
    )
    assert [(quote.start, quote.end) for quote in coding.quotes] == [(0, 8)]
    assert session.scalars(select(SuggestionDecision.decision)).one() is Decision.ACCEPTED
    assert asked(world) == 2


def test_a_suggestion_for_a_comment_that_is_no_point_or_has_the_theme_does_not_wait(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    counts = [
        suggested_waiting(world.consultation.id, at_least=least)["PLA03"].comments for least in (0.7, 0.4, 0)
    ]
    assert counts == [1, 2, 3]

    written(set_disposition, world.comments[1].id, value=DispositionValue.NO_POINT, actor=world.actor)
    with transaction():
        again(world.buses).merged_into_id = world.homes.id

    assert suggested_waiting(world.consultation.id, at_least=0)["PLA07"].comments == 2
    written(accept_suggestion, suggestions[0].id, actor=world.actor)
    assert asked(world) == 1


def test_what_was_decided_first_stands(world: World, suggestions: list[Suggestion], written: Write) -> None:
    written(dismiss_suggestion, suggestions[0].id, actor=world.actor)
    written(dismiss_suggestion, suggestions[0].id, actor=actors.officer(world.other.id))

    row = session.scalars(select(SuggestionDecision)).one()
    assert (row.decision, row.officer_id) == (Decision.DISMISSED, world.officer.id)
    assert session.scalar(select(func.count(AuditEvent.id))) == 1


def test_a_page_that_is_out_of_date_overwrites_no_decision_of_another(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    other = actors.officer(world.other.id)
    written(dismiss_suggestion, suggestions[0].id, actor=other)
    written(accept_suggestion, suggestions[1].id, actor=other)

    for decide, which in ((accept_suggestion, 0), (dismiss_suggestion, 1)):
        with pytest.raises(DecidedOtherwise):
            written(decide, suggestions[which].id, actor=world.actor)
    session.rollback()
    kept = session.scalars(select(SuggestionDecision).order_by(SuggestionDecision.id))
    assert [row.decision for row in kept] == [Decision.DISMISSED, Decision.ACCEPTED]
    assert session.scalar(select(func.count(Coding.id))) == 1


def test_no_theme_takes_the_place_of_an_outcome_that_another_officer_gave(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    comment = world.comments[0]
    no_point = DispositionValue.NO_POINT
    written(set_disposition, comment.id, value=no_point, actor=actors.officer(world.other.id))

    with pytest.raises(OutcomeStands):
        written(accept_suggestion, suggestions[0].id, actor=world.actor)
    with pytest.raises(OutcomeStands):
        written(add_coding, comment.id, theme_id=world.homes.id, stance=Stance.CONCERN, actor=world.actor)
    session.rollback()
    row = session.scalars(select(Disposition)).one()
    assert (row.value, row.officer_id) == (no_point, world.other.id)
    written(set_disposition, comment.id, value=DispositionValue.UNDECIDED, actor=world.actor)
    written(accept_suggestion, suggestions[0].id, actor=world.actor)


def test_undoing_a_decision_makes_the_suggestion_wait_again(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    written(accept_suggestion, suggestions[0].id, actor=world.actor)
    written(undo_decision, world.comments[0].id, theme_id=world.buses.id, actor=world.actor)

    assert asked(world) == 3
    assert session.scalars(select(Coding)).one().removed_at is not None
    assert session.scalar(select(func.count(Disposition.id))) == 0


def test_a_suggestion_of_an_older_run_that_is_gone_is_refused(
    world: World, suggestions: list[Suggestion], written: Write
) -> None:
    with transaction():
        session.delete(again(suggestions[2]))
    with pytest.raises(SuggestionGone):
        find_suggestions([suggestions[2].id], consultation_id=world.consultation.id)
    with pytest.raises(SuggestionGone):
        written(accept_suggestion, suggestions[2].id, actor=world.actor)


def test_two_officers_accepting_at_once_make_one_coding(
    world: World, suggestions: list[Suggestion], clock: SettableClock
) -> None:
    suggestion, together = suggestions[0].id, Barrier(2)
    officers, failures = [world.officer.id, world.other.id], []
    session.remove()

    def accept(number: int) -> None:
        together.wait()
        try:
            with transaction():
                accept_suggestion(suggestion, actor=actors.officer(officers[number]), now=clock.now())
        except Exception as failure:
            failures.append(failure)
        finally:
            session.remove()

    threads = [Thread(target=accept, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert session.scalar(select(func.count(Coding.id))) == 1
    assert session.scalar(select(func.count(SuggestionDecision.id))) == 1
