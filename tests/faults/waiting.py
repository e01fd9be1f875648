import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.database import session, transaction
from app.models import Job

PATIENCE_SECONDS = 120.0


def until(true: Callable[[], bool], *, what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """A broken thing needs some time to heal. Fails, naming what never came, rather than wait for ever."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, f"{what} never came"
        time.sleep(0.05)


def the_job(kind: str) -> Job:
    """As it is now."""
    session.rollback()
    return session.query(Job).filter_by(kind=kind).one()


def freeze(process: subprocess.Popen[bytes]) -> None:
    """Between two of its transactions: one frozen inside SQLite's write lock would freeze everybody."""
    while True:
        process.send_signal(signal.SIGSTOP)
        try:
            with transaction():
                session.execute(select(Job.id).with_for_update(nowait=True))
        except OperationalError:
            process.send_signal(signal.SIGCONT)
            time.sleep(0.1)
        else:
            return


def thaw(process: subprocess.Popen[bytes], *, log: Path) -> None:
    """And wait for it to say that it was taken over."""
    process.send_signal(signal.SIGCONT)
    until(lambda: "another worker has taken this job over" in log.read_text(), what="the fenced one's notice")
