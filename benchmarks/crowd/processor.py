"""How much processor time each of those took who share the cores, by what Linux keeps of their processes."""

import os
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text

from app import database
from tests.support.site import Site

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
Seconds = dict[str, float]


def used(site: Site) -> Seconds:
    """Since each began: web, worker, database (PostgreSQL's, on this machine) and the client, which is we."""
    found = {name: _seconds(_family(process.pid)) for name, process in site.processes.items()}
    if database.session.get_bind().dialect.name == "postgresql":
        found["database"] = _seconds(database.session.scalars(text("SELECT pid FROM pg_stat_activity")).all())
        database.session.remove()
    times = os.times()
    return {**found, "client": times.user + times.system}


def between(before: Seconds, after: Seconds) -> Seconds:
    return {name: round(seconds - before.get(name, 0.0), 1) for name, seconds in after.items()}


def _seconds(pids: Iterable[int]) -> float:
    return sum(_of(pid) for pid in pids)


def _of(pid: int) -> float:
    """0 for one that is gone, or of another machine."""
    try:
        after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_the_name[11]) + int(after_the_name[12])) / TICKS_A_SECOND


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(one) for thread in threads for one in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(child))]
