"""How long an officer waits among 100,000 comments, on SQLite and PostgreSQL, as JSON: one object a database.

    pg_virtualenv -t .venv/bin/python benchmarks/workspace.py [--comments 100000] [--samples 200]

One officer, warm: a first request of each kind is not counted. Times are those of the whole application, from
the request to its answer, without a web server or a browser. The databases are built once, in a few minutes:
build/workspace-<comments>.sqlite is used again, and so is the PostgreSQL database where TEST_DATABASE_URL
names a server that stays.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import numpy as np
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import create_engine, func, select, text  # noqa: E402
from workspace_rows import fill  # noqa: E402

from app.accounts import actor as actors  # noqa: E402
from app.clock import SystemClock  # noqa: E402
from app.database import connect, session, transaction  # noqa: E402
from app.enums import Role, Stance  # noqa: E402
from app.factory import create_app  # noqa: E402
from app.models import Coding, Comment, Consultation, Officer, Question, Theme  # noqa: E402
from app.themes.services.merge_themes import merge_themes  # noqa: E402
from app.themes.services.undo_frame_operation import undo_frame_operation  # noqa: E402
from tests.factories.officer import a_role, an_officer  # noqa: E402
from tests.support.databases import migrate, postgresql_address  # noqa: E402
from tests.support.queries import counted  # noqa: E402
from tests.support.settings import settings_for  # noqa: E402
from tests.support.sign_in import sign_in  # noqa: E402

EMAIL: Final = "benchmark@example.org"
WORDS: Final = ("bus", "houses", "young people", "train", "broadband", '"last bus"', "farming", "rent")
TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Workplace:
    app: Flask
    client: FlaskClient
    slug: str
    comments: Sequence[UUID]
    themes: Sequence[str]
    questions: Sequence[str]
    chance: random.Random

    def get(self, page: str) -> str:
        address = f"/officer/c/{self.slug}{page}"
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"  # noqa: S101  # a benchmark of failures is none
        return answer.text

    def comment(self) -> UUID:
        return self.chance.choice(self.comments)

    def theme(self) -> str:
        return self.chance.choice(self.themes)

    def search(self) -> str:
        question, word = self.chance.choice(self.questions), self.chance.choice(WORDS)
        return f"/comments?q={word}&theme={self.theme()}&question={question}"


Visit = Callable[[Workplace], str]
PAGES: Final[dict[str, Visit]] = {
    "open a comment": lambda at: f"/comments/{at.comment()}",
    "filtered search": Workplace.search,
    "search words": lambda at: f"/comments?q={at.chance.choice(WORDS)}",
    "comments": lambda at: "/comments",
    "comments of a theme": lambda at: f"/comments?theme={at.theme()}",
    "theme page": lambda at: f"/frame/themes/{at.theme()}",
    "frame": lambda at: "/frame",
    "dashboard": lambda at: "",
    "responses": lambda at: "/responses",
}


class Clock:
    """Milliseconds by the clock and of this process's processor time. SQLite works within the process;
    PostgreSQL does not, and is in the first alone."""

    def __init__(self) -> None:
        self._found: list[tuple[float, float]] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        start = time.perf_counter(), time.process_time()
        yield
        self._found.append((1000 * (time.perf_counter() - start[0]), 1000 * (time.process_time() - start[1])))

    def figures(self, *, after: int = 1, **more: Any) -> dict[str, Any]:
        """Without the first ones, which warm up."""
        clock, processor = zip(*self._found[after:], strict=True)
        return {
            **more,
            "samples": len(clock),
            "p50_ms": round(float(np.percentile(clock, 50)), 1),
            "p95_ms": round(float(np.percentile(clock, 95)), 1),
            "processor_p50_ms": round(float(np.percentile(processor, 50)), 1),
            "processor_p95_ms": round(float(np.percentile(processor, 95)), 1),
        }


def pages(at: Workplace, samples: int, only: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, page in PAGES.items():
        if only not in name:
            continue
        visited = Clock()
        for _ in range(samples + 1):
            with visited.running():
                at.get(page(at))
        with counted(at.app.extensions["engine"]) as sent:
            at.get(page(at))
        yield name, visited.figures(queries=len(sent))


class Reading:
    """An officer at the reading screen: each save leads to the next comment of the queue."""

    def __init__(self, at: Workplace) -> None:
        self._at, self._code = at, f"/officer/c/{at.slug}/code"
        start = at.client.get(self._code).text
        form = {"csrf_token": self._token(start), "queue": "useful"}
        self._open(at.client.post(self._code, data=form).location)

    def save_and_open_next(self, clock: Clock) -> None:
        """From pressing Save and next to the next comment; the first suggestion is its one theme."""
        soup = BeautifulSoup(self._page, "html.parser")
        form = next(one for one in soup.select("form[method=post]") if one.select("[name=stood]"))
        hidden = {
            str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden][name]")
        }
        codes = [str(one["value"]) for one in form.select("input[name=tick]")]
        data = {**hidden, "do": "save" if codes else "no_point"}
        if codes:
            data |= {"tick": codes[0], f"stance-{codes[0]}": Stance.CONCERN.value}
        with clock.running():
            answer = self._at.client.post(self._address, data=data)
            assert answer.status_code == 303, f"the save was answered {answer.status_code}"  # noqa: S101
            self._open(answer.location)

    def open_again(self) -> None:
        self._open(self._address)

    def _open(self, address: str) -> None:
        answer = self._at.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"  # noqa: S101
        self._address, self._page = address, answer.text

    @staticmethod
    def _token(page: str) -> str:
        found = TOKEN.search(page)
        return found.group(1) if found else ""


def reading(at: Workplace, samples: int) -> Iterator[tuple[str, dict[str, Any]]]:
    here = Reading(at)
    opened, saved = Clock(), Clock()
    for _ in range(samples + 1):
        here.open_again()
        with opened.running():
            here.open_again()
        here.save_and_open_next(saved)
    yield "open the reading screen", opened.figures()
    yield "save a coding and open the next", saved.figures()


def merge(at: Workplace, samples: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of the two themes whose codings are together nearest to 20,000 or, in a small database, most."""
    merged, undone = Clock(), Clock()
    with transaction():
        officer = session.scalars(select(Officer).where(Officer.email == EMAIL)).one()
        actor, here = actors.officer(officer.id), session.scalars(select(Consultation.id)).one()
        counts = select(Coding.theme_id, func.count()).where(Coding.removed_at.is_(None))
        found = {key: count for key, count in session.execute(counts.group_by(Coding.theme_id))}
    pair = min(combinations(sorted(found), 2), key=lambda two: abs(found[two[0]] + found[two[1]] - 20_000))
    for _ in range(samples):
        with merged.running(), transaction():
            done = merge_themes(
                pair[0], consultation_id=here, into_id=pair[1], actor=actor, now=SystemClock().now()
            ).id
        with undone.running(), transaction():
            undo_frame_operation(done, consultation_id=here, actor=actor, now=SystemClock().now())
    codings = sum(found[one] for one in pair)
    yield "merge two themes", merged.figures(after=0, codings=codings)
    yield "undo the merge", undone.figures(after=0, codings=codings)


def measured(url: str, samples: int, only: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(url, Path(folder)), clock=SystemClock())
        at = workplace(app)
        yield "rows", rows()
        yield from pages(at, samples, only)
        for name, task in (("reading screen", reading), ("merge", merge)):
            if only in name:
                yield from task(at, samples)
        session.remove()
        app.extensions["engine"].dispose()


def workplace(app: Flask) -> Workplace:
    with transaction():
        here = session.scalars(select(Consultation)).one()
        officer = session.scalars(select(Officer).where(Officer.email == EMAIL)).first()
        if officer is None:
            officer = an_officer(email=EMAIL)
            a_role(officer, Role.LEAD_ANALYST, consultation=here)
        slug, here_id = here.slug, here.id
    client = app.test_client()
    sign_in(client, officer, at=SystemClock().now())
    chance = random.Random(1)
    ids = session.scalars(select(Comment.id).where(Comment.is_current).order_by(Comment.id)).all()
    in_use = (Theme.is_net.is_(False), Theme.merged_into_id.is_(None), Theme.retired_at.is_(None))
    themed = (Question.consultation_id == here_id, Question.themed)
    return Workplace(
        app, client, slug,
        comments=chance.sample(ids, min(2_000, len(ids))),
        themes=session.scalars(select(Theme.code).where(*in_use).order_by(Theme.code)).all(),
        questions=session.scalars(select(Question.key).where(*themed).order_by(Question.key)).all(),
        chance=chance,
    )  # fmt: skip


def rows() -> dict[str, Any]:
    counts = {table.__tablename__: select(func.count(table.id)) for table in (Comment, Coding, Theme)}
    return {name: session.scalar(query) for name, query in counts.items()}


def build(url: str, comments: int) -> None:
    engine = connect(url)
    migrate(engine)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(url, Path(folder)), clock=SystemClock())
        said = app.test_cli_runner().invoke(args=["sample", "load"]).output
        app.extensions["engine"].dispose()
    slug = re.search(r"/c/(\S+)", said)
    if slug is None:
        raise RuntimeError(f"the sample was not loaded: {said}")
    filling = connect(url)
    fill(slug.group(1), comments)
    session.remove()
    filling.dispose()
    engine.dispose()


def sqlite(comments: int) -> tuple[str, float]:
    """The address, and the seconds that building took: none if it was there."""
    path = ROOT / "build" / f"workspace-{comments}.sqlite"
    begun = path.with_suffix(".unfinished")
    if path.exists() and not begun.exists():
        return f"sqlite:///{path}", 0
    path.parent.mkdir(exist_ok=True)
    for left in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        left.unlink(missing_ok=True)
    begun.touch()
    start = time.perf_counter()
    build(f"sqlite:///{path}", comments)
    begun.unlink()
    return f"sqlite:///{path}", time.perf_counter() - start


def postgresql(comments: int) -> tuple[str, float]:
    name, begun = f"soundings_workspace_{comments}", f"soundings_workspace_{comments}_begun"
    server = create_engine(postgresql_address(), isolation_level="AUTOCOMMIT")
    seconds = 0.0
    with server.connect() as connection:
        there = set(connection.scalars(text("SELECT datname FROM pg_database")))
        if name not in there:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{begun}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{begun}"'))
            start = time.perf_counter()
            build(_address(begun), comments)
            seconds = time.perf_counter() - start
            connection.execute(text(f'ALTER DATABASE "{begun}" RENAME TO "{name}"'))
    server.dispose()
    return _address(name), seconds


def _address(name: str) -> str:
    address = postgresql_address().set(drivername="postgresql", database=name)
    return address.render_as_string(hide_password=False)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--comments", type=int, default=100_000)
    asked.add_argument("--samples", type=int, default=200)
    asked.add_argument("--only", choices=["sqlite", "postgresql"], help="one database")
    asked.add_argument("--page", default="", help="only what has this in its name, such as theme")
    options = asked.parse_args()
    for name, ready in (("sqlite", sqlite), ("postgresql", postgresql)):
        if options.only not in (None, name):
            continue
        url, seconds = ready(options.comments)
        migrate(connect(url))  # one that was built before a migration came
        said: dict[str, Any] = {"database": name, "built_in_seconds": round(seconds)}
        said |= dict(measured(url, options.samples, options.page))
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
