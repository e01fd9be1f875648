"""`make setup` tries to build the better encoder once, and a start never depends on it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "encoder.sh"
SORRY = "The better encoder could not be built (build/encoder.log says why), so theming uses the plain one"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """With all that the tool reads; building takes note of each attempt, and fails."""
    for folder in ("tools", ".venv"):
        (tmp_path / folder).mkdir()
    shutil.copy(TOOL, tmp_path / "tools")
    for name in ("requirements-encoder.txt", "requirements-weights.txt", "tools/sentence_encoder.py"):
        (tmp_path / name).touch()
    building(tmp_path, "echo no network; exit 1")
    return tmp_path


def building(checkout: Path, does: str) -> None:
    tool = checkout / "tools" / "weights.sh"
    tool.write_text(f"#!/bin/bash\necho $1 >>attempts\n{does}\n")
    tool.chmod(0o755)


def start(checkout: Path, **environment: str) -> tuple[str, int]:
    """What it said, and how often building was tried by now."""
    clean = {name: value for name, value in os.environ.items() if name != "THEMING_ENCODER"}
    done = subprocess.run(
        [checkout / "tools" / "encoder.sh"],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    attempts = checkout / "attempts"
    return done.stdout + done.stderr, len(attempts.read_text().splitlines()) if attempts.exists() else 0


def test_a_failure_is_one_line_and_is_not_tried_again_until_something_changes(checkout: Path) -> None:
    first, again = start(checkout), start(checkout)
    (checkout / "requirements-weights.txt").write_text("newer")

    assert (first[0].count("\n"), first[1]) == (2, 1)
    assert SORRY in first[0]
    assert again == (first[0].splitlines(keepends=True)[1], 1)
    assert start(checkout)[1] == 2
    assert (checkout / "build" / "encoder.log").read_text() == "no network\n"


def test_once_it_is_built_a_start_says_nothing(checkout: Path) -> None:
    building(checkout, "mkdir -p $1; touch $1/model.onnx .venv/installed-requirements-encoder")

    assert SORRY not in start(checkout)[0]
    assert start(checkout) == ("", 1)


@pytest.mark.parametrize("chosen", ["", "/srv/minilm"])
def test_an_operator_who_chose_is_left_alone(checkout: Path, chosen: str) -> None:
    assert start(checkout, THEMING_ENCODER=chosen) == ("", 0)
