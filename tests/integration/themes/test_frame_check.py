"""Warnings of the coding frame: by rules, linked, and silenced with a reason that can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.counting.overlap import Shared
from app.counting.themes import ThemeCount
from app.database import session, transaction
from app.enums import Stance
from app.models import FrameSilence
from app.themes import frame_warnings as rules
from app.themes.frame_warnings import Measured, WarningKind, frame_warnings
from app.themes.queries.frame_check import frame_check
from app.themes.services.code_comment import add_coding
from app.themes.services.merge_themes import merge_themes
from tests.factories.theme import a_theme
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

Write = Callable[..., Any]
CHECK = f"{HERE}/frame/check"


@pytest.fixture
def undefined(world: World) -> World:
    with transaction():
        again(world.buses).definition = " "
    return world


def found(world: World) -> set[tuple[str, str]]:
    session.rollback()
    return {(one.kind.value, one.codes) for one in frame_check(world.consultation.id).warnings}


def count(code: str, **numbers: int) -> ThemeCount:
    return ThemeCount(code=code, label=code, is_net=False, net=None, retired=False, **numbers)


def warned(world: World, *, decided: int = 0, shared: int = 0, **numbers: dict[str, int]) -> set[str]:
    """Of buses and homes, with these numbers."""
    themes = [world.buses, world.homes]
    counts = {one.code: count(one.code, **numbers.get(one.code, {"comments": 50})) for one in themes}
    pairs = [Shared(world.homes.id, world.buses.id, shared)] if shared else []
    measured = Measured(counts=counts, shared=pairs, comments=100, decided=decided)
    return {f"{one.kind} {one.codes}" for one in frame_warnings(themes, measured)}


def test_the_bounds_of_each_warning(world: World) -> None:
    assert warned(world, shared=34) == set()
    assert warned(world, shared=35) == {"overlapping PLA03 and PLA07"}
    assert warned(world, PLA03={"comments": 4}) == set()
    assert warned(world, decided=50, PLA03={"comments": 4}) == {"small PLA03"}
    assert warned(world, decided=50, PLA03={"comments": 5}) == set()
    assert warned(world, PLA07={"comments": 20, "support": 14, "concern": 6}) == {"two-sides PLA07"}
    assert warned(world, PLA07={"comments": 20, "support": 14, "concern": 5}) == set()


@pytest.mark.parametrize(
    ("label", "alike"),
    [
        ("The homes affordable", True),
        ("Affordable home", True),
        ("For an elected mayor", False),
        ("More affordable homes, sooner", False),
    ],
)
def test_words_make_labels_alike_but_not_the_sides_of_a_subject(
    world: World, label: str, alike: bool
) -> None:
    other = "GOV02" if "mayor" in label else "PLA07"
    with transaction():
        a_theme(world.consultation, parent_id=world.net.id, code="NEW01", label=label, definition="Other")

    pairs = {("alike", f"{other} and NEW01"), ("alike", f"NEW01 and {other}")}
    assert bool(pairs & found(world)) is alike


def test_merged_themes_count_as_one_when_comments_are_compared(
    world: World, written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.themes.queries.frame_check.SHARED_LEAST", 2)
    monkeypatch.setattr(rules, "SHARED_LEAST", 2)
    for number, theme in (
        (0, world.buses),
        (0, world.homes),
        (0, world.mayor),
        (1, world.mayor),
        (1, world.homes),
    ):
        written(
            add_coding, world.comments[number].id, theme_id=theme.id, stance=Stance.CONCERN, actor=world.actor
        )
    assert ("overlapping", "PLA07 and GOV02") in found(world)
    written(
        merge_themes, world.buses.id, consultation_id=world.consultation.id, into_id=world.mayor.id,
        actor=world.actor,
    )  # fmt: skip

    shared = [
        one for one in frame_check(world.consultation.id).warnings if one.kind is WarningKind.OVERLAPPING
    ]
    assert [(one.codes, one.numbers) for one in shared] == [("PLA07 and GOV02", (2, 2))]


def test_a_warning_is_called_deliberate_with_a_reason_and_warns_again(
    lead: AuditedClient, undefined: World
) -> None:
    world = undefined
    assert "Warnings (1)" in words(lead.page(f"{HERE}/frame"))
    page = lead.page(CHECK)
    assert "PLA03 has no definition" in words(page)
    deliberate = str(page.select_one("main a[href*='/check/undefined']")["href"])  # type: ignore[index]

    answer = lead.submit(deliberate, reason=" ")
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    answer = lead.submit(deliberate, reason="The label says it all")
    page = lead.page(answer.location)
    assert "The label says it all" in words(page)
    assert "Lea," in words(page)
    assert found(world) == set()
    assert "Warnings (0)" in words(lead.page(f"{HERE}/frame"))
    assert lead.get(deliberate).status_code == 303

    lead.submit(f"{deliberate}/again", _from=CHECK)
    assert found(world) == {("undefined", "PLA03")}
    lead.submit(deliberate, reason="Again")
    silences = session.scalars(select(FrameSilence).order_by(FrameSilence.id))
    assert [one.lifted_at is None for one in silences] == [False, True]
    said = words(lead.page(f"{HERE}/audit"))
    assert "Lea called a warning about PLA03 deliberate: undefined" in said
    assert "Lea let the frame warn about PLA03 again: undefined" in said


def test_an_analyst_reads_the_warnings_and_silences_none(analyst: AuditedClient, undefined: World) -> None:
    page = analyst.page(CHECK)
    assert "PLA03 has no definition" in words(page)
    assert not page.select("main form, main a[href*='/check/']")
