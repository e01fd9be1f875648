"""The product as an operator runs it: gunicorn and a worker as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    database_url: str
    instance: Path
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SOUNDINGS_INSTANCE": str(self.instance),
            "DATABASE_URL": self.database_url,
            "JOB_LEASE_SECONDS": "4",
            "JOB_HEARTBEAT_SECONDS": "1",
            "OMP_NUM_THREADS": "1",
            "THEMING_ENCODER": "",  # the quick one, whatever was built on this machine
            **self.settings,
        }

    def flask(self, *words: str) -> str:
        """Run a command of the product; its output. Raises CalledProcessError with what it said."""
        done = subprocess.run(
            [str(BIN / "flask"), "--app", "app.factory", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"flask {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def start_web(self, *, processes: int = 1) -> None:
        command = [str(BIN / "gunicorn"), "app.factory:create_app()", "--bind", f"127.0.0.1:{self.port}"]
        self._start(
            "web", [*command, "--workers", str(processes), "--threads", "4", "--worker-class", "gthread"]
        )
        self._wait_until_healthy()

    def start_worker(self, name: str = "worker") -> None:
        self._start(name, [sys.executable, "-m", "app.worker"])

    def _start(self, name: str, command: list[str]) -> None:
        with (self.instance / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def _wait_until_healthy(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):  # noqa: S310 - our own server
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError((self.instance / "web.log").read_text())

    def jobs(self) -> list[str]:
        """The state of every job, oldest first."""
        engine = create_engine(self.database_url.replace("postgresql://", "postgresql+psycopg://", 1))
        with engine.connect() as connection:
            found = connection.execute(text("SELECT state FROM job ORDER BY id")).scalars().all()
        engine.dispose()
        return [str(state) for state in found]

    def wait_for_jobs(self, *, seconds: float = 180) -> None:
        """Until the worker has nothing left to do. Raises when a job failed or time is up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            states = self.jobs()
            assert "failed" not in states, (self.instance / "worker.log").read_text()
            if not {"queued", "running"} & set(states):
                return
            time.sleep(0.3)
        raise RuntimeError(f"jobs still {self.jobs()}: {(self.instance / 'worker.log').read_text()}")

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes.pop(name).wait()

    @contextmanager
    def without_worker(self) -> Iterator[None]:
        """What asks for a job meanwhile has it done afterwards."""
        worker = self.processes.pop("worker")
        worker.terminate()
        worker.wait(timeout=60)
        try:
            yield
        finally:
            self.start_worker()

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()


@contextmanager
def running(database_url: str, instance: Path) -> Iterator[Site]:
    site = Site(database_url=database_url, instance=instance)
    try:
        yield site
    finally:
        site.stop()
