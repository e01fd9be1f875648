"""Bringing a database up to date twice at once, refusing one from the future, and a copy made under load."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from app.database import connect
from tests.support.databases import fresh_postgresql, fresh_sqlite
from tests.support.site import BIN, ROOT, Site, running

pytestmark = [pytest.mark.fault, pytest.mark.timeout(120)]


@pytest.fixture
def bare(site: Site) -> Iterator[Engine]:
    """The same database without a table in it."""
    url = make_url(site.database_url)
    if url.drivername == "sqlite":
        Path(url.database or "").unlink()
        engine = create_engine(url)
    else:
        engine = create_engine(url.set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


def upgrade(site: Site) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(BIN / "flask"), "database", "upgrade"],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_starts_at_once_bring_an_empty_database_up_to_date_together(site: Site, bare: Engine) -> None:
    starts = [upgrade(site), upgrade(site)]
    said = [start.communicate(timeout=60)[0] for start in starts]

    assert [start.returncode for start in starts] == [0, 0], said
    assert {"job", "response", "coding"} <= set(inspect(bare).get_table_names())


def test_a_database_of_a_newer_version_is_refused_in_one_line(site: Site) -> None:
    engine = connect(site.database_url)
    with engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    engine.dispose()
    refused = upgrade(site)
    said, _ = refused.communicate(timeout=60)

    assert refused.returncode == 1
    assert said.startswith("The database cannot be brought up to date: ")
    assert "Traceback" not in said


def test_a_copy_made_while_it_is_written_to_is_whole(tmp_path: Path) -> None:
    with fresh_sqlite(tmp_path) as url, running(url, tmp_path) as site:
        stop = Event()
        writer = Thread(target=_write_until, args=(Path(make_url(url).database or ""), stop))
        writer.start()
        site.flask("database", "backup", str(tmp_path / "copy.sqlite"))
        stop.set()
        writer.join()

    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (pairs,) = copy.execute("SELECT count(*) FROM worker_sign").fetchone()
        assert pairs % 2 == 0
        assert pairs > 0
    assert not list(tmp_path.glob("copy.sqlite-*"))


def _write_until(path: Path, stop: Event) -> None:
    """Two rows a transaction, so that half a transaction in the copy would show."""
    number = 0
    with closing(sqlite3.connect(path, timeout=30)) as database:
        while not stop.is_set():
            number += 1
            rows = [(f"{number:030x}{half}", f"{number}.{half}") for half in "ab"]
            database.executemany(
                "INSERT INTO worker_sign (id, name, seen_at, created_at, updated_at) VALUES (?, ?, 0, 0, 0)",
                rows,
            )
            database.commit()
            stop.wait(0.001)


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no client of PostgreSQL on this machine")
def test_a_dump_of_postgresql_is_restored_elsewhere(tmp_path: Path) -> None:
    with fresh_postgresql("soundings_from") as source, running(source, tmp_path) as site:
        site.flask("officer", "first")
        dump = tmp_path / "soundings.dump"
        subprocess.run(["pg_dump", "--format=custom", "--file", str(dump), source], check=True)
        with fresh_postgresql("soundings_to") as target:
            subprocess.run(
                ["pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", target, str(dump)],
                check=True,
            )
            engine = connect(target)
            with engine.connect() as connection:
                assert connection.execute(text("SELECT count(*) FROM officer")).scalar() == 1
            engine.dispose()
