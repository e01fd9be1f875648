"""The frame and the comments of tests/integration/themes, with officers who have begun to code them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.enums import Stance
from app.factory import ENDINGS, HANDLERS
from app.jobs.lease import Terms
from app.jobs.runner import Runner
from app.themes.services.code_comment import add_coding
from tests.integration.themes.conftest import World, again, suggested, world, written
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

__all__ = ["suggested", "world", "written"]
Write = Callable[..., Any]
HERE = "/officer/c/bid"
TERMS = Terms(lease_seconds=60, heartbeat_seconds=10, attempts=1)


@pytest.fixture
def coded(world: World, written: Write) -> World:
    """Two themes on the second comment, one with two quotes; one on the third."""
    bus = "No bus, no job."
    for number, theme, stance, quotes in (
        (1, world.buses, Stance.CONCERN, [(0, 6), (8, len(bus))]),
        (1, world.homes, Stance.SUGGESTION, [(len(bus) + 1, 55)]),
        (2, world.homes, Stance.CONCERN, []),
    ):
        written(
            add_coding, world.comments[number].id, theme_id=theme.id, stance=stance, quotes=quotes,
            actor=world.actor,
        )  # fmt: skip
    return world


@pytest.fixture
def runner(app: Flask, clock: SettableClock) -> Runner:
    return Runner(HANDLERS, endings=ENDINGS, terms=TERMS, clock=clock)


@pytest.fixture
def analyst(client: AuditedClient, world: World, clock: SettableClock) -> AuditedClient:
    sign_in(client, again(world.officer), at=clock.now())
    return client


@pytest.fixture
def lead(app: Flask, world: World, clock: SettableClock) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    sign_in(client, again(world.lead), at=clock.now())
    return client
