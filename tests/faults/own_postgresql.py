"""A PostgreSQL server of a test's own, to stop and start: the one of the other tests must not stop."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.database import connect
from tests.support.databases import migrate
from tests.support.site import free_port

# It refuses to run as root.
AS_ITS_USER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def binaries() -> Path:
    """Raises: a missing server is not a pass."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("No PostgreSQL server is installed.")
    return found[-1].parent


@dataclass
class OwnPostgresql:
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://soundings@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self._run("initdb", "--username=soundings", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """As a crash does: nothing is written down first."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        command = [*AS_ITS_USER, str(binaries() / program), "-D", str(self.folder / "data"), *words]
        subprocess.run(
            command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60
        )


@contextmanager
def own_postgresql() -> Iterator[OwnPostgresql]:
    """Running, and migrated."""
    folder = Path(tempfile.mkdtemp(prefix="soundings-postgresql-"))  # a short path, for its socket
    server = OwnPostgresql(folder, free_port())
    try:
        if AS_ITS_USER:
            shutil.chown(folder, "postgres", "postgres")
        server.make()
        server.start()
        try:
            engine = connect(server.url)
            migrate(engine)
            engine.dispose()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
