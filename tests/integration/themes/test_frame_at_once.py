"""Two officers at the frame in the same moment, on both databases: nothing is lost and each is told."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.accounts import actor as actors
from app.counting.themes import theme_count
from app.database import session, transaction
from app.enums import Stance
from app.models import Coding, FrameOperation, Theme
from app.themes.frame_refusals import StillCoded, ThemeChanged, ThemeGone
from app.themes.queries.frame import all_themes, in_use, resolved
from app.themes.refusals import ThemeRetired
from app.themes.services.add_theme import NewTheme, add_theme
from app.themes.services.code_comment import add_coding
from app.themes.services.edit_theme import edit_theme
from app.themes.services.merge_themes import merge_themes
from app.themes.services.retire_theme import retire_theme
from app.themes.services.split_theme import split_theme
from app.themes.services.undo_frame_operation import undo_frame_operation
from tests.integration.themes.conftest import World
from tests.support.clock import SettableClock

pytestmark = pytest.mark.both_databases

Call = Callable[[], Any]
ROUNDS = 3


def at_once(*calls: Call) -> list[Any]:
    """What each returned or raised, each in a thread and a transaction of its own."""
    together = Barrier(len(calls))
    results: list[Any] = [None] * len(calls)
    session.remove()

    def run(number: int) -> None:
        together.wait()
        try:
            with transaction():
                results[number] = calls[number]()
                session.flush()
                session.expunge_all()  # so that the test can read it afterwards
        except Exception as failure:
            results[number] = failure
        finally:
            session.remove()

    threads = [Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def do(world: World, clock: SettableClock) -> Callable[..., Call]:
    """A call of a frame service, to be made later by the named officer."""

    def later(service: Callable[..., Any], *args: Any, by: UUID | None = None, **kwargs: Any) -> Call:
        here, actor = world.consultation.id, actors.officer(by or world.lead.id)
        return lambda: service(*args, consultation_id=here, actor=actor, now=clock.now(), **kwargs)

    return later


@pytest.fixture
def code(world: World, clock: SettableClock) -> Callable[..., Call]:
    def later(number: int, theme: UUID) -> Call:
        def call() -> UUID:
            coding = add_coding(
                world.comments[number].id, theme_id=theme, stance=Stance.CONCERN, actor=world.actor,
                now=clock.now(),
            )  # fmt: skip
            return coding.theme_id

        return call

    return later


def of(kind: type, results: list[Any]) -> int:
    return sum(isinstance(one, kind) for one in results)


def test_of_two_edits_at_once_one_stands_and_the_other_is_told(world: World, do: Callable[..., Call]) -> None:
    edit = [
        do(edit_theme, world.buses.id, seen=1, given={"definition": f"By {n}"}, by=officer)
        for n, officer in enumerate((world.lead.id, world.other.id))
    ]
    results = at_once(*edit)

    assert (of(FrameOperation, results), of(ThemeChanged, results)) == (1, 1)
    won = next(n for n, one in enumerate(results) if isinstance(one, FrameOperation))
    assert session.get_one(Theme, world.buses.id).definition == f"By {won}"


def test_of_two_merges_into_each_other_one_stands_and_the_other_is_told(
    world: World, do: Callable[..., Call]
) -> None:
    one, other = world.buses.id, world.homes.id
    results = at_once(do(merge_themes, one, into_id=other), do(merge_themes, other, into_id=one))

    assert (of(FrameOperation, results), of(ThemeGone, results)) == (1, 1)
    left = {theme.id for theme in in_use(all_themes(world.consultation.id))}
    assert len(left & {one, other}) == 1


def test_a_coding_made_during_a_merge_is_kept_and_counts_for_the_theme_that_stays(
    world: World, do: Callable[..., Call], code: Callable[..., Call], clock: SettableClock
) -> None:
    for number in range(ROUNDS):
        merged, coded = at_once(
            do(merge_themes, world.buses.id, into_id=world.homes.id), code(number, world.buses.id)
        )
        assert isinstance(merged, FrameOperation)
        assert coded in (world.buses.id, world.homes.id), "the coder is told which theme the comment has"
        count = theme_count(world.consultation.id, "PLA03")
        assert count is not None
        assert (count.code, count.comments) == ("PLA07", 1)
        undone, _ = at_once(do(undo_frame_operation, merged.id), code(number + ROUNDS, world.homes.id))
        assert isinstance(undone, FrameOperation)
        found = {coding.comment_id: coding.theme_id for coding in session.scalars(select(Coding))}
        assert found[world.comments[number].id] == coded
        assert found[world.comments[number + ROUNDS].id] == world.homes.id
        with transaction():
            session.execute(update(Coding).values(removed_at=clock.now()))
        expected = 2 * (number + 1)
        assert len(session.scalars(select(Coding)).all()) == expected


def test_a_theme_is_not_retired_under_a_coding_that_is_made_in_the_same_moment(
    world: World, do: Callable[..., Call], code: Callable[..., Call]
) -> None:
    for number, theme in enumerate((world.buses.id, world.homes.id, world.mayor.id)):
        retired, coded = at_once(do(retire_theme, theme), code(number, theme))
        if isinstance(retired, FrameOperation):
            assert isinstance(coded, ThemeRetired)
        else:
            assert isinstance(retired, StillCoded)
            assert coded == theme
    usable = {theme.id for theme in in_use(all_themes(world.consultation.id))}
    ends = resolved(all_themes(world.consultation.id))
    assert {ends[coding.theme_id].id for coding in session.scalars(select(Coding))} <= usable


def test_a_coding_made_during_a_split_stays_in_the_original(
    world: World, do: Callable[..., Call], code: Callable[..., Call]
) -> None:
    at_once(code(0, world.buses.id))
    first = session.scalars(select(Coding.id)).one()
    parts = [NewTheme(label="Sunday buses", section_id=world.net.id), NewTheme(label="Late buses")]
    split, coded = at_once(
        do(split_theme, world.buses.id, parts=parts, places={first: frozenset({0, 1})}),
        code(1, world.buses.id),
    )
    assert isinstance(split, FrameOperation)
    assert coded == world.buses.id
    codes = sorted(row.theme.code for row in session.scalars(select(Coding)))
    assert codes == sorted(["PLA03", *split.details["parts"]])


def test_two_officers_adding_at_once_get_different_codes(world: World, do: Callable[..., Call]) -> None:
    results = at_once(*(do(add_theme, NewTheme(label=f"New {n}", section_id=world.net.id)) for n in range(2)))

    assert {theme.code for theme, _ in results} == {"PLA08", "PLA09"}
