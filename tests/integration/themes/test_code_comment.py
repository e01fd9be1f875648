from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import DispositionValue, Stance
from app.models import AuditEvent, Coding, CodingQuote, Disposition
from app.themes.refusals import NothingCoded, QuoteNotInComment, ThemeNotInFrame, ThemeRetired, ThemesStand
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from tests.integration.themes.conftest import World, again
from tests.support.clock import SettableClock

pytestmark = pytest.mark.both_databases

Write = Callable[..., Any]


def disposition(world: World, number: int = 0) -> DispositionValue | None:
    query = select(Disposition.value).where(Disposition.comment_id == world.comments[number].id)
    return session.scalar(query)


def standing() -> int:
    return session.scalar(select(func.count(Coding.id)).where(Coding.removed_at.is_(None))) or 0


def test_a_first_coding_decides_the_comment_and_the_last_one_to_go_leaves_it_undecided(
    world: World, written: Write
) -> None:
    comment = world.comments[0]
    first = written(
        add_coding,
        comment.id,
        theme_id=world.buses.id,
        stance=Stance.CONCERN,
        quotes=[(0, 29)],
        actor=world.actor,
    )
    second = written(
        add_coding, comment.id, theme_id=world.buses.id, stance=Stance.SUPPORT, actor=world.actor
    )

    assert disposition(world) is DispositionValue.CODED
    assert (second.quotes[0].start, second.quotes[0].end) == (0, len(comment.text))

    written(remove_coding, first.id, actor=world.actor)
    assert disposition(world) is DispositionValue.CODED
    written(remove_coding, second.id, actor=world.actor)
    assert disposition(world) is None


def test_the_same_theme_and_stance_twice_is_one_coding_with_both_quotes(world: World, written: Write) -> None:
    for quotes in ([(0, 8)], [(0, 8)], [(9, 12)]):
        written(
            add_coding, world.comments[0].id, theme_id=world.buses.id, stance=Stance.CONCERN, quotes=quotes,
            actor=world.actor,
        )  # fmt: skip

    assert standing() == 1
    assert session.scalar(select(func.count(CodingQuote.id))) == 2
    assert list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))) == ["added", "quoted"]


def test_removing_twice_removes_once(world: World, written: Write) -> None:
    coding = written(
        add_coding, world.comments[0].id, theme_id=world.buses.id, stance=Stance.CONCERN, actor=world.actor
    )
    written(remove_coding, coding.id, actor=world.actor)
    written(remove_coding, coding.id, actor=actors.officer(world.other.id))

    removed = session.get(Coding, coding.id)
    assert removed is not None
    assert removed.removed_by_id == world.officer.id


@pytest.mark.parametrize("span", [(-1, 3), (5, 5), (8, 4), (0, 10_000), (8, 9)])
def test_a_quote_that_is_not_in_the_comment_is_refused(
    world: World, written: Write, span: tuple[int, int]
) -> None:
    assert world.comments[0].text[8] == " "
    with pytest.raises(QuoteNotInComment):
        written(
            add_coding, world.comments[0].id, theme_id=world.buses.id, stance=Stance.CONCERN, quotes=[span],
            actor=world.actor,
        )  # fmt: skip

    assert standing() == 0


def test_a_merged_theme_gives_the_one_it_went_into_and_a_retired_one_is_refused(
    world: World, written: Write, clock: SettableClock
) -> None:
    with transaction():
        again(world.homes).merged_into_id = world.buses.id
        again(world.mayor).retired_at = clock.now()
    coding = written(
        add_coding, world.comments[0].id, theme_id=world.homes.id, stance=Stance.CONCERN, actor=world.actor
    )
    assert coding.theme_id == world.buses.id

    with pytest.raises(ThemeRetired, match="GOV02"):
        written(
            add_coding,
            world.comments[0].id,
            theme_id=world.mayor.id,
            stance=Stance.CONCERN,
            actor=world.actor,
        )
    with pytest.raises(ThemeNotInFrame):
        written(
            add_coding, world.comments[0].id, theme_id=world.net.id, stance=Stance.CONCERN, actor=world.actor
        )


def test_an_outcome_is_not_given_to_a_comment_with_themes(world: World, written: Write) -> None:
    comment = world.comments[3]
    written(set_disposition, comment.id, value=DispositionValue.NO_POINT, actor=world.actor)
    assert disposition(world, 3) is DispositionValue.NO_POINT

    written(add_coding, comment.id, theme_id=world.buses.id, stance=Stance.NEUTRAL, actor=world.actor)
    assert disposition(world, 3) is DispositionValue.CODED

    with pytest.raises(ThemesStand):
        written(set_disposition, comment.id, value=DispositionValue.NO_POINT, actor=world.actor)
    with pytest.raises(NothingCoded):
        written(set_disposition, world.comments[1].id, value=DispositionValue.CODED, actor=world.actor)


def test_an_outcome_taken_back_leaves_the_comment_undecided(world: World, written: Write) -> None:
    for value in (DispositionValue.UNCLEAR, DispositionValue.UNCLEAR, DispositionValue.UNDECIDED):
        written(set_disposition, world.comments[3].id, value=value, actor=world.actor)

    assert disposition(world, 3) is None
    assert session.scalar(select(func.count(AuditEvent.id))) == 2


def test_two_officers_adding_the_same_theme_at_once_make_one_coding(
    world: World, clock: SettableClock
) -> None:
    comment, theme, together = world.comments[0].id, world.buses.id, Barrier(2)
    officers, failures = [world.officer.id, world.other.id], []
    session.remove()

    def add(number: int) -> None:
        together.wait()
        try:
            with transaction():
                add_coding(
                    comment, theme_id=theme, stance=Stance.CONCERN, now=clock.now(),
                    actor=actors.officer(officers[number]),
                )  # fmt: skip
        except Exception as failure:
            failures.append(failure)
        finally:
            session.remove()

    threads = [Thread(target=add, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert standing() == 1
