"""Two at once, each in a thread and a connection of its own."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from app.accounts.actor import SYSTEM
from app.accounts.queries.officers import active_administrators
from app.accounts.services.change_roles import LastAdministrator, change_roles
from app.accounts.services.count_try import count_try
from app.accounts.services.end_access import end_access
from app.database import session, transaction
from app.enums import Role
from app.models import Lockout
from tests.factories.officer import a_role, an_officer
from tests.support.clock import SettableClock

pytestmark = pytest.mark.both_databases


def together(*acts: Callable[[], object]) -> list[object]:
    """What each gave, or the exception it ended with."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            with transaction():
                return act()
        except LastAdministrator as refused:
            return refused
        finally:
            session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("way", ["role", "access"])
def test_two_administrators_who_remove_each_other_cannot_both_succeed(
    app: Flask, clock: SettableClock, way: str
) -> None:
    both = [an_officer(), an_officer()]
    for officer in both:
        a_role(officer, Role.ADMINISTRATOR)
    keys = [officer.id for officer in both]
    session.commit()
    session.remove()

    def remove(key: uuid.UUID) -> Callable[[], object]:
        if way == "access":
            return lambda: end_access(key, actor=SYSTEM, now=clock.now())
        return lambda: change_roles(key, consultation_id=None, roles=(), actor=SYSTEM, now=clock.now())

    ended = together(*(remove(key) for key in keys))

    assert sorted(isinstance(one, LastAdministrator) for one in ended) == [False, True]
    assert len(active_administrators()) == 1


def test_tries_made_at_once_are_all_counted(engine: Engine, clock: SettableClock) -> None:
    allowed = together(*(lambda: count_try({"one account": 10}, now=clock.now()) for _ in range(4)))

    assert allowed == [True] * 4
    assert session.scalar(select(func.count()).select_from(Lockout)) == 4
