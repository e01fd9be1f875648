"""What `make run` starts, as an operator meets it: on an SQLite database in an instance folder of its own."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.waiting import until
from tests.support.site import BIN, ROOT, free_port

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]


class Product:
    def __init__(self, instance: Path, **environment: str) -> None:
        self.instance = instance
        self.port = free_port()
        self.log = instance.parent / f"{self.port}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                # It goes with the tests even when these are killed.
                ["setpriv", "--pdeathsig", "TERM", str(BIN / "flask"), "serve"],
                cwd=ROOT,
                env={
                    **clean,
                    "SOUNDINGS_INSTANCE": str(instance),
                    "PORT": str(self.port),
                    "WEB_PROCESSES": "1",
                    "THEMING_ENCODER": "",
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def answers(self) -> bool:
        assert self.process.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def serves(self) -> None:
        until(self.answers, what="the web server")

    def workers(self) -> list[int]:
        return [pid for pid, command in self._children() if "app.worker" in command]

    def everything(self) -> list[int]:
        return [pid for pid, _ in self._children()]

    def _children(self) -> list[tuple[int, str]]:
        """By the instance folder in their environment, which no other run on this machine shares."""
        found = []
        mark = f"SOUNDINGS_INSTANCE={self.instance}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes():
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if words:
                        found.append((int(folder.name), words))
            except OSError:
                continue
        return found

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path / "instance")
    yield product
    if product.process.poll() is None:
        product.stop()


def test_it_serves_heals_and_stops_with_nothing_left_and_starts_again(
    product: Product, tmp_path: Path
) -> None:
    product.serves()
    first = product.said()
    assert f"Public:   http://127.0.0.1:{product.port}/\n" in first
    assert f"Officers: http://127.0.0.1:{product.port}/officer/\n" in first
    assert len(re.findall(r"^Password: \S{12,}$", first, re.MULTILINE)) == 1
    assert stat.S_IMODE(product.instance.stat().st_mode) == 0o700
    assert stat.S_IMODE((product.instance / "secrets.json").stat().st_mode) == 0o600

    until(lambda: len(product.workers()) == 1, what="the worker")
    (killed,) = product.workers()
    os.kill(killed, signal.SIGKILL)
    until(lambda: bool(product.workers()) and product.workers() != [killed], what="the next worker")

    assert product.stop() == 0
    until(lambda: product.everything() == [], what="the end of every process", seconds=15)
    assert "Traceback" not in product.said()

    again = Product(product.instance)
    again.serves()
    assert again.stop() == 0
    assert "Password" not in again.said()
    assert "Loaded" not in again.said()


def test_nothing_outlives_a_supervisor_that_is_killed(product: Product) -> None:
    product.serves()
    until(lambda: len(product.workers()) == 1, what="the worker")
    product.stop(signal.SIGKILL)

    until(lambda: product.everything() == [], what="the end of every process")


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        product = Product(tmp_path / "instance", PORT=str(port))
        assert product.process.wait(timeout=60) == 1

    assert product.said() == f"Port {port} is in use. Choose another: make run PORT={port + 1}\n"


PRODUCTION = {"SOUNDINGS_MODE": "production", "SECRET_KEY": "x" * 40, "PASSWORD_SALT": "x" * 40}


@pytest.mark.parametrize(
    "command",
    [
        [str(BIN / "flask"), "serve"],
        [str(BIN / "flask"), "database", "upgrade"],
        [sys.executable, "-m", "app.worker"],
        [str(BIN / "gunicorn"), "--config", "deploy/gunicorn.conf.py"],
    ],
    ids=["serve", "command", "worker", "web"],
)
def test_a_missing_secret_in_production_stops_the_start_with_one_line(
    command: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, "SOUNDINGS_INSTANCE": str(tmp_path), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "LINK_KEY not set, or shorter than 32 characters." in said
    assert "Traceback" not in said
