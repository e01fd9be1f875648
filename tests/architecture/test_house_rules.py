"""Rules of the house that no import shows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_TEST_FILE = 500


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def commits(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node.lineno


def test_only_the_transaction_helper_commits() -> None:
    found = [f"{p.relative_to(ROOT)}:{n}" for p in modules("app") for n in commits(p.read_text())]

    assert [place.split(":")[0] for place in found] == ["app/database.py"], found


def test_the_search_for_commits_finds_one() -> None:
    assert list(commits("def save():\n    session.commit()\n")) == [2]


@pytest.mark.parametrize(("folder", "most"), [("app", LONGEST_FILE), ("tests", LONGEST_TEST_FILE)])
def test_no_file_outgrows_its_room(folder: str, most: int) -> None:
    lengths = {p.relative_to(ROOT): len(p.read_text().splitlines()) for p in modules(folder)}

    assert not {path: lines for path, lines in lengths.items() if lines > most}


def test_no_room_is_named_for_odds_and_ends() -> None:
    names = {p.stem for p in modules("app")} | {p.name for p in (ROOT / "app").rglob("*") if p.is_dir()}

    assert not names & {"utils", "util", "helpers", "helper", "manager", "misc", "common", "shared"}


def test_migrations_import_nothing_of_the_application() -> None:
    for path in modules("migrations/versions"):
        assert "import app" not in path.read_text(), path
        assert "from app" not in path.read_text(), path


def test_the_migrations_are_one_line_without_forks() -> None:
    """Two branches that took the same number would leave a database that nobody can upgrade."""
    names = sorted(path.stem for path in modules("migrations/versions"))
    sources = [path.read_text() for path in modules("migrations/versions")]

    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert [f'down_revision = "{number:04}"' in source for number, source in enumerate(sources)][1:] == [
        True
    ] * (len(sources) - 1)


def test_importing_the_engine_loads_no_web_and_no_database() -> None:
    code = (
        "import sys, pkgutil, importlib, app.theming;"
        "[importlib.import_module(m.name) for m in "
        "pkgutil.walk_packages(app.theming.__path__, 'app.theming.')];"
        "print(sorted({'flask', 'sqlalchemy', 'jinja2', 'alembic', 'huey', 'config'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


def test_nothing_of_the_sample_is_named_in_the_code() -> None:
    """The consultation is data: its places, partners and theme codes stand in `sample/` alone."""
    words = ("heart of the south west", "devon", "somerset", "plymouth", "torbay", "hinkley", "exeter")
    for path in [*modules("app"), *sorted((ROOT / "templates").rglob("*.html"))]:
        text = path.read_text().lower()
        assert not [word for word in words if word in text], path
