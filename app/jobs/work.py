"""What a handler gets: its work, and the only way to write."""

import gc
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from time import monotonic
from typing import Any

from sqlalchemy.orm import Session

from app import database
from app.clock import Clock
from app.enums import JobState
from app.jobs.lease import Terms
from app.jobs.services.claim import Claim
from app.jobs.services.hold import mark_step, renew

log = logging.getLogger(__name__)

SHORT_SECONDS = 0.03  # a step that took no longer has kept nobody waiting


class Fenced(Exception):
    """Another worker has taken this job over. Nothing was written, and nothing more can be."""


class Stopped(Exception):
    """An officer asked for the job to stop. Nothing of the step was written."""


class Released(Exception):
    """The worker is shutting down; the last step is kept and the job goes back to the queue."""


class CannotBeDone(Exception):
    """Raised by a handler when trying again cannot help. Its text is for officers: no response text."""


class Work:
    """One claim of one job, as its handler sees it."""

    def __init__(self, claim: Claim, *, terms: Terms, clock: Clock, shutting_down: Event) -> None:
        self.job_id = claim.job_id
        self.kind = claim.kind
        self.token = claim.token
        self.arguments = claim.arguments
        self.checkpoint = claim.checkpoint  # of the last finished step, whichever worker did it
        self.consultation_id = claim.consultation_id
        self.officer_id = claim.officer_id
        self.fenced = Event()
        self.stop = Event()
        self._terms = terms
        self._clock = clock
        self._shutting_down = shutting_down
        if claim.stop_asked:
            self.stop.set()

    def now(self) -> datetime:
        return self._clock.now()

    def stop_asked(self) -> bool:
        """Ask between the parts of a long computation.

        Raises Fenced or Released when there is no point in going on.
        """
        if self.fenced.is_set():
            raise Fenced
        if self._shutting_down.is_set():
            raise Released
        return self.stop.is_set()

    @contextmanager
    def step(
        self,
        *,
        done: int,
        total: int,
        words: str,
        checkpoint: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
    ) -> Iterator[Session]:
        """One fenced transaction: what the handler writes in it, and how far it has got.

        Raises Fenced, or Stopped if an officer asked for that, before anything is written.
        """
        values: dict[str, Any] = {"done": done, "total": total, "step": words}
        forward = checkpoint is not None and checkpoint != self.checkpoint
        if checkpoint is not None:
            values["checkpoint"] = checkpoint
        if result is not None:
            values["result"] = result
        with _uncollected(), database.transaction() as session:  # it begins again after the commit
            stop_asked = mark_step(
                self.job_id, token=self.token, lease=self._terms.lease_seconds, forward=forward, **values
            )
            begun = monotonic()
            if stop_asked is None:
                self.fenced.set()
                raise Fenced
            if stop_asked:
                raise Stopped
            yield session
            session.flush()
            renew(session, self.job_id, token=self.token, lease=self._terms.lease_seconds)
        self.checkpoint = self.checkpoint if checkpoint is None else checkpoint
        log.info("%s: %s (%d of %d)", self.kind, words, done, total)
        if self._shutting_down.is_set():
            raise Released
        if monotonic() - begun > SHORT_SECONDS:
            database.give_way()


@contextmanager
def _uncollected() -> Iterator[None]:
    """A collection goes through all that a run holds: half a second, in which SQLite lets nobody write."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A job that ended without being done."""

    job_id: uuid.UUID
    state: JobState
    error: str
    now: datetime


Handler = Callable[[Work], None]
# Called in the transaction that writes "failed" or "stopped", so that what the job was for can say so too.
Ending = Callable[[Ended], None]
