"""Queues of the reading screen: which comment comes next, and for whom."""

from flask import Flask

from app.database import transaction
from app.themes.services.order_reading import reading_order, write_order
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.integration.themes.reading import at, other_client, press, start
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock


def test_the_start_page_says_how_many_are_left_in_each_queue(
    analyst: AuditedClient, suggested: World
) -> None:
    said = words(analyst.page(f"{HERE}/code"))

    assert "Most useful next (recommended): 6 left" in said
    assert "PLA03 Buses and rural access: 2 left" in said
    assert "6 Our place: 6 left" in said


def test_the_most_useful_order_takes_the_least_sure_first_and_every_comment_once(
    analyst: AuditedClient, suggested: World
) -> None:
    with transaction():
        run_id = again(suggested.consultation).current_run_id
        assert run_id is not None
        write_order(run_id, reading_order(run_id))
    seen, address = [], start(analyst)
    while "/code/useful/" in address:
        seen.append(address)
        address = str(press(analyst, address, "no_point").location)

    assert len(seen) == len(set(seen)) == 6
    assert seen[0].endswith(str(suggested.comments[0].id))
    assert address == f"{HERE}/code/useful"
    assert "You have reached the end of this queue" in words(analyst.page(address))


def test_two_officers_never_get_the_same_comment(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    ben = other_client(app, suggested.other, clock)
    mine, theirs = start(analyst), start(ben)
    assert mine != theirs
    assert "open with Ana" in words(ben.page(f"{HERE}/code"))
    assert "Open with Ana" in words(ben.page(mine))

    clock.move(minutes=11)
    assert start(ben) == mine


def test_skipping_keeps_the_draft_and_does_not_offer_the_comment_again(
    analyst: AuditedClient, suggested: World
) -> None:
    first = start(analyst)
    onward = press(analyst, first, "skip", tick="PLA03")
    seen, address = {first}, str(onward.location)
    while "/code/useful/" in address:
        assert address not in seen
        seen.add(address)
        address = str(press(analyst, address, "skip").location)

    assert len(seen) == 6
    assert start(analyst) == first
    assert analyst.page(first).select("input[name=tick][checked]")


def test_a_comment_is_flagged_found_in_its_queue_and_settled(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 0)
    press(analyst, here, "flag", note="Is this two themes?")
    assert start(analyst, "flagged") == at(suggested, 0, "flagged")
    said = words(analyst.page(here))
    assert "Flagged for discussion" in said
    assert "Is this two themes?" in said

    press(analyst, here, "settle")

    assert start(analyst, "flagged") == f"{HERE}/code/flagged"


def test_a_queue_or_a_comment_that_is_not_there_is_not_found(
    analyst: AuditedClient, suggested: World
) -> None:
    for address in (
        f"{HERE}/code/nothing",
        at(suggested, 0, "theme"),
        f"{HERE}/code/theme-/{suggested.net.id}",
    ):
        assert analyst.get(address).status_code == 404
