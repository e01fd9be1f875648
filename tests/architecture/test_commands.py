"""What the README tells people to type is there, and starting the web loads no more than it needs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROMISED = [
    ("consultation", "load"),
    ("responses", "load"),
    ("sample", "load"),
    ("officer", "first"),
    ("officer", "password"),
    ("database", "upgrade"),
    ("theming", "discover"),
    ("theming", "code"),
    ("theming", "triage"),
]


def flask(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("flask")), *words]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"SOUNDINGS_INSTANCE": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", PROMISED, ids=" ".join)
def test_the_command_is_there(tmp_path: Path, words: tuple[str, str]) -> None:
    result = flask(tmp_path, *words, "--help")

    assert result.returncode == 0, result.stderr
    assert f"flask {' '.join(words)}" in result.stdout


def test_the_web_starts_without_the_engine() -> None:
    code = "import sys, app.factory; print(sorted({'sklearn', 'scipy', 'nltk'} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
