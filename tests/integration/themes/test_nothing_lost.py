"""Where two officers decide about the same comments, neither loses what they decided or typed."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import DispositionValue, Stance
from app.models import Coding, CodingBatch, Discussion, Disposition, Flag
from app.responses.queries.comment_listing import CommentList
from app.themes.queries.bulk_list import Action, sort_out
from app.themes.refusals import ChangedByOthers
from app.themes.services.code_list import code_list
from app.themes.services.undo_batch import undo_batch
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, codings, words
from tests.integration.themes.reading import at, fields, other_client, press
from tests.integration.themes.reading import undo as undo_last
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

Write = Callable[..., Any]
EVERY = CommentList()


def in_list(world: World, written: Write, action: Action, stance: Stance = Stance.CONCERN) -> uuid.UUID:
    listed = sort_out(world.consultation.id, EVERY, theme=world.homes, action=action)
    batch: CodingBatch = written(
        code_list, world.homes, action=action, asked=EVERY, stance=stance, digest=listed.digest,
        left_out=set(), filters={}, actor=actors.officer(world.lead.id),
    )  # fmt: skip
    return batch.id


def undo(world: World, written: Write, batch_id: uuid.UUID) -> None:
    written(
        undo_batch, batch_id, consultation_id=world.consultation.id, everyones=True,
        actor=actors.officer(world.lead.id),
    )  # fmt: skip


def stances() -> set[Stance]:
    session.rollback()
    return set(session.scalars(select(Coding.stance).where(Coding.removed_at.is_(None))))


def test_a_list_given_a_theme_and_freed_of_it_can_be_given_it_again(world: World, written: Write) -> None:
    in_list(world, written, Action.APPLY)
    in_list(world, written, Action.REMOVE)
    assert stances() == set()

    in_list(world, written, Action.APPLY, Stance.SUPPORT)

    assert stances() == {Stance.SUPPORT}


@pytest.mark.parametrize("action", [Action.APPLY, Action.REMOVE])
def test_a_batch_is_not_undone_over_a_comment_that_another_officer_has_read_since(
    analyst: AuditedClient, suggested: World, written: Write, action: Action
) -> None:
    batch = in_list(suggested, written, Action.APPLY)
    if action is Action.REMOVE:
        assert press(analyst, at(suggested, 0), tick=["PLA03", "PLA07"]).status_code == 303
        batch = in_list(suggested, written, Action.REMOVE)
    assert press(analyst, at(suggested, 0)).status_code == 303

    with pytest.raises(ChangedByOthers):
        undo(suggested, written, batch)


def test_a_note_typed_while_another_officer_decided_the_same_is_not_lost(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    here = at(suggested, 0)
    ben = other_client(app, suggested.other, clock)
    late = {**fields(analyst.page(here)), "do": "save", "tick": "PLA03", "note": "Ask the council."}
    press(ben, here, tick="PLA03")

    conflict = analyst.post(here, data=late)

    assert conflict.status_code == 422
    assert "Ask the council." in conflict.text
    assert session.scalars(select(Discussion)).all() == []


def test_an_outcome_is_not_set_over_one_that_the_page_did_not_show(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    page = f"{HERE}/comments/{suggested.comments[5].id}"
    address = f"{page}/outcome"
    ben = other_client(app, suggested.other, clock)
    form = analyst.page(page).select_one(f'form[action="{address}"]')
    assert form is not None
    late = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    assert ben.submit(address, page, outcome="no_point").status_code == 303

    refused = analyst.post(address, data={**late, "outcome": "out_of_scope"})

    assert refused.status_code == 422
    assert "decided meanwhile" in refused.text
    session.rollback()
    assert session.scalars(select(Disposition.value)).all() == [DispositionValue.NO_POINT]
    assert analyst.submit(address, page, outcome="out_of_scope").status_code == 303


@pytest.mark.parametrize("gone", ["retired", "merged"])
def test_undo_puts_no_theme_back_that_is_out_of_use(
    analyst: AuditedClient, suggested: World, clock: SettableClock, gone: str
) -> None:
    here = at(suggested, 0)
    press(analyst, here, tick="PLA07")
    press(analyst, here, outcome="unclear", slot=[], tick=[])
    assert codings() == []
    with transaction():
        if gone == "retired":
            again(suggested.homes).retired_at = clock.now()
        else:
            again(suggested.homes).merged_into_id = suggested.buses.id

    answer = undo_last(analyst, at(suggested, 1))

    assert answer.location == f"{HERE}/changes"
    assert "Undo would put back PLA07, which is no longer in use." in words(analyst.page(f"{HERE}/changes"))
    assert codings() == []
    assert session.scalars(select(Disposition.value)).all() == [DispositionValue.UNCLEAR]


def test_a_mark_set_while_the_page_was_open_stays_and_one_taken_off_stays_off(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    here = at(suggested, 0)
    press(analyst, here, tick="PLA03", handling="ZZ06")
    clock.move(minutes=20)
    ben = other_client(app, suggested.other, clock)
    late = {**fields(analyst.page(here)), "do": "save", "tick": "PLA03"}
    press(ben, here, tick="PLA03", handling="ZZ12")  # takes ZZ06 off

    assert analyst.post(here, data=late).status_code == 303

    session.rollback()
    standing = select(Flag.code).where(Flag.settled_at.is_(None))
    assert session.scalars(standing).all() == ["ZZ12"]
    ticked = analyst.page(here).select("input[name=handling][checked]")
    assert [one["value"] for one in ticked] == ["ZZ12"]
