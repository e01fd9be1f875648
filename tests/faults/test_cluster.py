"""A Dask cluster of two workers on this machine, one of them killed with blocks on its hands."""

import csv
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli.theming import theming_group
from tests.faults.waiting import until

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.fault, pytest.mark.timeout(120)]

TEXTS = (
    "The bus stops at six, so nobody can work late. More buses please, and cheaper fares.",
    "Keep the trees in the park. The grass is never cut.",
    "The bins overflow every week and there is litter in the street.",
    "I agree with the plan. But the timetable is no use to us, and the bus stop has no shelter.",
)
FRAME = (
    ("BUS", "Buses", "bus stop; timetable"),
    ("TREE", "Trees and parks", "grass"),
    ("BIN", "Waste", "litter"),
)


class Cluster:
    """A scheduler and two workers, each a process with one thread."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        own = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self._scheduler = self._start("scheduler", *own)
        until(self._file.exists, what="the scheduler's file")
        self.address: str = json.loads(self._file.read_text())["address"]
        alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        self.workers = {name: self._start("worker", *alone, "--name", name) for name in ("one", "two")}

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(self._file)]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        quiet = subprocess.DEVNULL
        return subprocess.Popen([*command, *options], cwd=self._file.parent, env=environ, stderr=quiet)

    def stop(self) -> None:
        for process in (*self.workers.values(), self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    yield started
    started.stop()


def save(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def load(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.filterwarnings("default::ResourceWarning")
def test_two_workers_code_as_one_process_does_also_when_one_is_killed_with_blocks_on_its_hands(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.theming.coding.matcher.BLOCK", 20)
    comments = [(f"R{n:03d}.0", "streets", f"{TEXTS[n % 4]} {TEXTS[n % 3]}") for n in range(240)]
    source = save(tmp_path / "in.csv", ("id", "question", "text"), comments)
    frame_rows = [("", code, label, label, cues) for code, label, cues in FRAME]
    frame = save(tmp_path / "frame.csv", ("question", "code", "label", "definition", "cue_words"), frame_rows)

    def coded(name: str, *options: str) -> list[dict[str, str]]:
        arguments = ["code", str(source), str(frame), str(tmp_path / name), *options]
        result = CliRunner().invoke(theming_group, arguments)
        assert result.exit_code == 0, result.output
        return load(tmp_path / name)

    here = coded("here.csv", "--workers", "1")
    with import_module("distributed").Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        assert same(coded("there.csv", "--cluster", cluster.address), here)
        assert set(client.run(engine_is_loaded).values()) == {True}  # both had blocks

        cluster.workers["two"].send_signal(signal.SIGSTOP)  # it takes blocks and does none
        killer = threading.Thread(target=kill_with_blocks_on_its_hands, args=(cluster.workers["two"], client))
        killer.start()
        after = coded("after.csv", "--cluster", cluster.address)
        killer.join()

    assert cluster.workers["two"].poll() == -signal.SIGKILL
    assert same(after, here)


def engine_is_loaded() -> bool:
    return "app.theming.coding.matcher" in sys.modules


def kill_with_blocks_on_its_hands(worker: subprocess.Popen[bytes], client: Any) -> None:
    """Only then, so that blocks have to be done again by the other."""
    addresses = [each["name"] for each in client.scheduler_info(n_workers=-1)["workers"].values()]
    assert sorted(addresses) == ["one", "two"]
    until(lambda: frozen_has_blocks(client), what="a block on the frozen worker", seconds=20)
    worker.kill()


def frozen_has_blocks(client: Any) -> bool:
    names = {
        address: each["name"] for address, each in client.scheduler_info(n_workers=-1)["workers"].items()
    }
    return any(blocks and names.get(address) == "two" for address, blocks in client.processing().items())


def same(one: list[dict[str, str]], other: list[dict[str, str]]) -> bool:
    """The same in everything, scores within 1e-6."""
    plain = [[{**row, "score": ""} for row in rows] for rows in (one, other)]
    return plain[0] == plain[1] and all(
        abs(float(a["score"]) - float(b["score"])) <= 1e-6 for a, b in zip(one, other, strict=True)
    )
