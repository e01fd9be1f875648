"""Every page of the URL table opens for somebody who may open everything."""

from tests.integration.security.requests import Asker, cases
from tests.integration.security.world import EVERYTHING, World

# What opens only in a state that the small consultation is not in. Each has a test of its own.
NEEDS_MORE: dict[str, str] = {}


def unreachable(world: World) -> dict[str, int]:
    asker = Asker(world, EVERYTHING)
    return {
        case.rule.endpoint: answer.status_code
        for case in cases(world.app)
        if not case.unsafe
        for answer in [asker.ask(case)]
        if answer.status_code not in (200, 302, 303)
    }


def test_every_part_of_an_address_has_a_value_to_ask_with(world: World) -> None:
    parts = {part for case in cases(world.app) for part in case.rule.arguments}

    assert parts <= set(world.values), "give the new part a value in `values_here`"


def test_every_page_opens(world: World) -> None:
    found = unreachable(world)

    assert set(found) <= set(NEEDS_MORE), found


def test_a_page_that_does_not_open_would_be_found(world: World) -> None:
    good = world.values["slug"]
    world.values["slug"] = "no-such-place"
    try:
        found = unreachable(world)
    finally:
        world.values["slug"] = good

    assert "officer.audit" in found
