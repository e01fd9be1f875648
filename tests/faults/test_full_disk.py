"""The disk with the database on it is full, and has room again."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.database import connect, session
from tests.faults.person import TRAFFIC, WORDS, Person, open_consultation
from tests.support.databases import fresh_sqlite
from tests.support.site import Site, running

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]
PIECE = 4096
MOST_POSTS = 100  # the write-ahead log may have some room left in it


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small one. Only root may mount it."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m,mode=700", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def site(disk: Path) -> Iterator[Site]:
    with fresh_sqlite(disk) as url:
        engine = connect(url)
        open_consultation()
        engine.dispose()
        with running(url, disk) as site:
            site.start_web()
            yield site
    session.remove()


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * PIECE)
        except OSError:
            return filler


def test_typed_words_are_shown_again_and_nothing_acknowledged_is_lost(site: Site, disk: Path) -> None:
    person = Person(site)
    person.begin()
    assert person.save("Saved before.").status == 200
    saved = "Saved before."

    filler = fill(disk)
    for number in range(MOST_POSTS):
        typed = f"{number}. " + "Forty stalls and no water. " * 3000
        action, fields = person.get(TRAFFIC).form(TRAFFIC)
        refused = person.post(action, {**fields, WORDS: typed})
        if refused.status != 200:
            break
        saved = typed

    assert refused.status == 503, refused.words[:300]
    assert refused.typed(WORDS) == typed
    assert person.words_now() == saved.strip()
    filler.unlink()
    assert person.post(*refused.form(TRAFFIC)).status == 200
    assert person.words_now() == typed.strip()
    _whole(site)


def _whole(site: Site) -> None:
    path = Path(make_url(site.database_url).database or "")
    assert path.stat().st_size
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT count(*) FROM response").fetchone() == (1,)
