"""`make bench`: every part is run and told of, whatever became of the one before."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """With three small parts: one that fails, one that needs the better encoder, one that has a figure."""
    monkeypatch.syspath_prepend(str(FOLDER))
    module, part = import_module("bench"), import_module("bench_parts").Part
    scripts = {
        "fails": 'import sys; print(\'{"what": "half"}\'); sys.exit(3)',
        "figure": 'import os; print(\'{"program": "ours", "f1": {"low": 0.4}, "with": "%s"}\''
        " % os.environ.get('THEMING_ENCODER'))",
    }
    for name, script in scripts.items():
        (tmp_path / f"{name}.py").write_text(script, encoding="utf-8")
    parts = {
        "fails": part("", ("fails.py",)),
        "better": part("", ("figure.py",), sentences=True),
        "figure": part("", ("figure.py",)),
    }
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "PARTS", parts)
    monkeypatch.setattr(module, "THEMING", parts)
    monkeypatch.setattr(module, "GROUPS", {"all": tuple(parts)})
    monkeypatch.setenv("THEMING_ENCODER", str(tmp_path / "none"))
    return module


def run(bench: Any, monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["bench.py", *words])
    try:
        bench.main()
    except SystemExit as end:
        return end.code
    return 0


def test_a_part_that_fails_is_said_and_the_others_are_run(
    bench: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(bench, monkeypatch, "--json", str(tmp_path / "figures.json"))
    lines = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    said = capsys.readouterr().out

    assert status == "Failed: fails, better."
    assert [line["part"] for line in lines] == ["fails", "fails", "better", "figure"]
    assert lines[1]["failed"].startswith("exit status 3")
    assert "make weights" in lines[2]["failed"]
    assert lines[3] | {"f1": {"low": 0.4}, "with": ""} == lines[3]
    assert [line.split() for line in said.splitlines() if " f1 low " in line] == [
        ["figure", "ours", "f1", "low", "0.4"]
    ]


def test_parts_are_chosen_by_name_and_use_the_encoder_they_are_for(
    bench: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none").mkdir()

    assert run(bench, monkeypatch, "better") == 0
    only = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(line["part"], line["with"]) for line in only] == [("better", str(tmp_path / "none"))]
    assert run(bench, monkeypatch, "naming") == 2


def test_every_part_is_a_script_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    parts = import_module("bench_parts").PARTS

    assert len(parts) > 20
    assert all((FOLDER / part.command[0]).is_file() for part in parts.values())
