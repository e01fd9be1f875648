"""The terms of a lease, in the database's own time.

Workers on hosts whose clocks differ agree on who holds a job, because no clock but the database's is asked.
If that clock jumps ahead, a job is taken over early and the first worker is fenced; if it jumps back, a
lease that ends later than anyone could have been given counts as ended. Decision 0041.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.database import UtcDateTime
from app.models import Job


@dataclass(frozen=True, kw_only=True)
class Terms:
    lease_seconds: float
    heartbeat_seconds: float
    attempts: int  # in a row, without one step of progress


class DatabaseTime(FunctionElement[datetime]):
    """The database's time, a number of seconds from now."""

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, seconds: float) -> None:
        super().__init__(literal(seconds, Float()))


@compiles(DatabaseTime, "postgresql")
def _on_postgresql(element: DatabaseTime, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"


@compiles(DatabaseTime, "sqlite")
def _on_sqlite(element: DatabaseTime, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"(strftime('%Y-%m-%d %H:%M:%f', 'now', {seconds} || ' seconds') || '000')"


def ended(lease_seconds: float) -> ColumnElement[bool]:
    return or_(
        Job.lease_until.is_(None),
        Job.lease_until < DatabaseTime(0),
        Job.lease_until > DatabaseTime(2 * lease_seconds),
    )
