"""Tagged PDFs. Each is made in a process of its own at a low priority: it takes a core for seconds, and in a
thread it would keep the interpreter from those who are sending.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 60
LONGEST_WAIT_SECONDS = 10
LIBRARIES_MISSING = 3  # as pdf_process says it
# What fontconfig and the loader of libraries read; the secrets stay here.
PASSED_ON = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")

# Of a web process's four threads one makes a PDF and one may wait for it; the others go on serving pages.
_running = threading.Lock()
_room = threading.BoundedSemaphore(2)


class NoPdf(Exception):
    """There is no PDF this time. Its text is for the log, and holds nothing of the document."""


@contextmanager
def turn() -> Iterator[None]:
    """One PDF at a time in a process. Raises NoPdf when one more is waiting already, or the wait is long."""
    if not _room.acquire(blocking=False):
        raise NoPdf("PDF: others are being made")
    try:
        if not _running.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise NoPdf(f"PDF: waited {LONGEST_WAIT_SECONDS} seconds for another")
        try:
            yield
        finally:
            _running.release()
    finally:
        _room.release()


def tagged_pdf(html: str) -> bytes:
    with turn():
        return made_in_turn(html)


def made_in_turn(html: str) -> bytes:
    """For a caller who holds the turn. Raises NoPdf."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.rendering.pdf_process"],
            input=html.encode(errors="replace"),
            capture_output=True,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", **{name: os.environ[name] for name in PASSED_ON if name in os.environ}},
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoPdf(f"PDF: not made within {LONGEST_SECONDS} seconds") from None
    if done.returncode == LIBRARIES_MISSING:
        raise NoPdf("PDF: a Debian library is missing. Run: make setup")
    if done.returncode != 0:
        raise NoPdf(f"PDF: its process ended with {done.returncode}")
    return done.stdout
