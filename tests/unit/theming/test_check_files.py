import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli.theming import theming_group

ONE = "id,label\n1,A\n2,B|A\n3,\n"
OTHER = "id,code,score,assigned\n1,A,0.9,1\n1,B,0.2,0\n2,A,0.8,1\n3,B,0.6,1\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(ONE)
    second.write_text(OTHER)
    return first, second, tmp_path / "out.json"


def run(command: str, *paths: Path) -> Result:
    return CliRunner().invoke(theming_group, [command, *map(str, paths)])


def records(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())
    return found


def test_check_tells_the_agreement_overall_and_of_each_theme(files: tuple[Path, Path, Path]) -> None:
    assert run("check", *files).exit_code == 0
    overall, a, b = records(files[2])

    assert (overall["theme"], overall["comments"], overall["f1"]) == (None, 3, 0.6667)
    assert overall["low"] <= overall["f1"] <= overall["high"]
    assert overall["alpha"] < 1
    assert (a["theme"], a["both"], a["kappa"]) == ("A", 2, 1.0)
    assert (b["theme"], b["both"]) == ("B", 0)


def test_compare_tells_what_came_and_went(files: tuple[Path, Path, Path]) -> None:
    assert run("compare", *files).exit_code == 0

    assert records(files[2]) == [
        {"theme": "A", "kept": 2, "added": [], "removed": [], "stable": 1.0},
        {"theme": "B", "kept": 0, "added": ["3"], "removed": ["2"], "stable": 0.0},
    ]


@pytest.mark.parametrize("command", ["check", "compare"])
def test_a_file_without_codes_gives_one_line(command: str, files: tuple[Path, Path, Path]) -> None:
    files[0].write_text("id,text\n1,hello\n")
    result = run(command, *files)

    assert result.exit_code == 2
    assert "has neither a column label" in result.stderr
    assert not files[2].exists()
