"""The web server is killed or reloaded in the middle of a post: all of it is kept, or none."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import create_engine, select, text

from app.database import session
from app.enums import ResponseStatus
from app.models import Comment, Response
from tests.faults.person import REPLY, Page, Person, open_consultation
from tests.faults.waiting import until
from tests.support.site import Site

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]


@pytest.fixture
def person(site: Site) -> Person:
    open_consultation()
    site.start_web()
    person = Person(site)
    person.begin()
    assert person.save("Saved before.").status == 200
    return person


@contextmanager
def nobody_else_writes(site: Site) -> Iterator[None]:
    """A post stops in the middle: on SQLite at its first row, on PostgreSQL at its last, the audit's."""
    engine = create_engine(site.database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE"))
        yield
        connection.rollback()
    engine.dispose()


@contextmanager
def sending(person: Person) -> Iterator[Future[Page]]:
    action, fields = person.get(f"{REPLY}/check").form(f"{REPLY}/check")
    with ThreadPoolExecutor(1) as pool, nobody_else_writes(person.site):
        post = pool.submit(person.post, action, fields)
        sleep(1)
        assert not post.done(), "the post was not in the middle"
        yield post


def web_processes(site: Site) -> list[int]:
    master = site.processes["web"].pid
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def sent_and_comments() -> tuple[list[ResponseStatus], list[str]]:
    session.rollback()
    return list(session.scalars(select(Response.status))), list(session.scalars(select(Comment.text)))


def test_a_kill_leaves_the_draft_whole_and_it_can_be_sent(person: Person, site: Site) -> None:
    (victim,) = web_processes(site)
    with sending(person) as post:
        os.kill(victim, signal.SIGKILL)
        with pytest.raises(OSError, match=r"."):
            post.result()

    until(lambda: victim not in web_processes(site) != [], what="the next web process")
    assert sent_and_comments() == ([ResponseStatus.DRAFT], [])
    assert person.words_now() == "Saved before."
    assert person.fill(f"{REPLY}/check").status == 200
    assert sent_and_comments() == ([ResponseStatus.SENT], ["Saved before."])


def test_a_reload_lets_the_post_under_way_finish(person: Person, site: Site) -> None:
    before = web_processes(site)
    with sending(person) as post:
        site.processes["web"].send_signal(signal.SIGHUP)
        until(lambda: bool(set(web_processes(site)) - set(before)), what="the next web process")

    assert post.result().status == 200
    assert sent_and_comments() == ([ResponseStatus.SENT], ["Saved before."])
    until(lambda: not set(web_processes(site)) & set(before), what="the end of the old web process")
    assert "Saved before." in person.get(f"{REPLY}/copy").words
