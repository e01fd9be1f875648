"""A theme given to a list of comments or taken off it: exact preview, one batch, one undo."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.accounts import actor as actors
from app.database import session
from app.enums import CodingSource, DispositionValue, Stance
from app.models import Coding, CodingBatch, Disposition
from app.responses.queries.comment_listing import CommentList
from app.themes.queries.bulk_list import Action, sort_out
from app.themes.refusals import ChangedByOthers, SelectionChanged
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.code_list import code_list
from app.themes.services.undo_batch import undo_batch
from tests.integration.themes.conftest import World
from tests.integration.themes.pages import HERE, codings, words
from tests.support.audited_client import AuditedClient
from tests.support.queries import counted

pytestmark = pytest.mark.both_databases

Write = Callable[..., Any]
HOMES = CommentList(words="home")  # comments 1, 2 and 5, counted from nought


def decided() -> set[tuple[Any, ...]]:
    """All that stands: codings and outcomes."""
    standing = session.scalars(select(Coding).where(Coding.removed_at.is_(None)))
    outcomes = session.scalars(select(Disposition))
    return {(one.id, one.stance) for one in standing} | {(one.comment_id, one.value) for one in outcomes}


def run(world: World, written: Write, action: Action, **given: Any) -> CodingBatch:
    listed = sort_out(world.consultation.id, HOMES, theme=world.homes, action=action)
    values = {"stance": Stance.CONCERN, "digest": listed.digest, "left_out": set(), **given}
    batch: CodingBatch = written(
        code_list, world.homes, action=action, asked=HOMES, filters={"q": "home"},
        actor=actors.officer(world.lead.id), **values,
    )  # fmt: skip
    return batch


def undo(world: World, written: Write, batch: CodingBatch) -> None:
    written(
        undo_batch, batch.id, consultation_id=world.consultation.id, everyones=True,
        actor=actors.officer(world.lead.id),
    )  # fmt: skip


@pytest.fixture
def begun(world: World, written: Write) -> World:
    """The second comment has the theme already; the last one was given another outcome."""
    written(
        add_coding, world.comments[2].id, theme_id=world.homes.id, stance=Stance.SUPPORT, actor=world.actor
    )
    written(set_disposition, world.comments[5].id, value=DispositionValue.OUT_OF_SCOPE, actor=world.actor)
    return world


def test_the_preview_says_exactly_what_is_added_there_and_locked_by_whom(begun: World) -> None:
    listed = sort_out(begun.consultation.id, HOMES, theme=begun.homes, action=Action.APPLY)

    assert listed.ids == (begun.comments[1].id,)
    assert listed.there == 1
    assert listed.locked == (("Ana", 1),)


def test_applying_marks_the_codings_as_bulk_and_undo_leaves_no_trace(begun: World, written: Write) -> None:
    before = decided()
    batch = run(begun, written, Action.APPLY)

    assert codings() == [
        ("PLA07", Stance.SUPPORT, CodingSource.SINGLE), ("PLA07", Stance.CONCERN, CodingSource.BULK),
    ]  # fmt: skip
    assert batch.size == 1
    undo(begun, written, batch)
    assert decided() == before


def test_a_second_press_does_it_once(begun: World, written: Write) -> None:
    listed = sort_out(begun.consultation.id, HOMES, theme=begun.homes, action=Action.APPLY)
    first = run(begun, written, Action.APPLY, digest=listed.digest)
    after = decided()
    second = run(begun, written, Action.APPLY, digest=listed.digest)

    assert first.id == second.id
    assert decided() == after


def test_a_list_that_changed_since_the_preview_is_refused(begun: World, written: Write) -> None:
    with pytest.raises(SelectionChanged):
        run(begun, written, Action.APPLY, digest="another")


def test_removing_leaves_comments_undecided_and_undo_brings_codings_and_outcomes_back(
    begun: World, written: Write
) -> None:
    before = decided()
    batch = run(begun, written, Action.REMOVE)

    assert batch.size == 1
    assert codings() == []
    assert {one.value for one in session.scalars(select(Disposition))} == {DispositionValue.OUT_OF_SCOPE}
    undo(begun, written, batch)
    assert decided() == before


def test_a_removal_is_not_undone_over_what_another_officer_said_since(begun: World, written: Write) -> None:
    batch = run(begun, written, Action.REMOVE)
    set_by = actors.officer(begun.other.id)
    written(set_disposition, begun.comments[2].id, value=DispositionValue.NO_POINT, actor=set_by)
    stands = decided()

    with pytest.raises(ChangedByOthers):
        undo(begun, written, batch)
    assert decided() == stands


def test_an_officer_gives_a_theme_to_a_search_and_takes_it_back(lead: AuditedClient, world: World) -> None:
    page = lead.page(f"{HERE}/comments?q=home")
    assert "All 3 comments at once" in words(page)
    address = f"{HERE}/bulk/list?q=home&do=apply&give=PLA07&as=concern"
    preview = lead.page(address)
    assert "3 comments will get this theme" in words(preview)
    assert preview.find("button", string="Apply to 3 comments")
    least = str(preview.select("input[name=left_out]")[0]["value"])

    done = lead.submit(address, left_out=least)
    assert done.status_code == 303
    page = lead.page(done.location)
    assert "Applied PLA07 Affordable homes to 2 comments" in words(page)
    assert "in bulk, not read singly" in words(page)
    lead.submit(f"{done.location}/undo", done.location)
    assert codings() == []


def test_without_a_theme_or_a_stance_the_list_says_what_to_choose(lead: AuditedClient, world: World) -> None:
    for query, said in (("q=home&do=apply", "Choose a theme"), ("q=home&give=PLA07", "Choose the stance")):
        answer = lead.get(f"{HERE}/bulk/list?{query}", follow_redirects=True)
        assert said in words(BeautifulSoup(answer.text, "html.parser"))


def test_a_preview_of_many_sends_no_more_queries_than_one_of_few(
    app: Flask, lead: AuditedClient, world: World
) -> None:
    lead.page(f"{HERE}/bulk/list?q=home&do=apply&give=PLA07&as=concern")
    with counted(app.extensions["engine"]) as few:
        lead.page(f"{HERE}/bulk/list?q=mayor&do=apply&give=PLA07&as=concern")
    with counted(app.extensions["engine"]) as many:
        lead.page(f"{HERE}/bulk/list?do=apply&give=PLA07&as=concern")
    assert len(few) == len(many)
