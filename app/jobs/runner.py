"""Takes one job at a time from the ledger and runs its handler."""

import logging
import traceback
from collections.abc import Mapping
from datetime import timedelta
from threading import Event

from app import database
from app.clock import Clock
from app.enums import JobState
from app.jobs import wake
from app.jobs.heartbeat import Heartbeat
from app.jobs.lease import Terms
from app.jobs.queries.waiting import any_due
from app.jobs.services.claim import Claim, claim
from app.jobs.services.hold import end, give_back, try_again
from app.jobs.work import CannotBeDone, Ended, Ending, Fenced, Handler, Released, Stopped, Work

FIRST_PAUSE_SECONDS = 5  # doubled after each attempt

log = logging.getLogger(__name__)


class Runner:
    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        endings: Mapping[str, Ending] | None = None,
        terms: Terms,
        clock: Clock,
    ) -> None:
        self.shutting_down = Event()
        self._handlers = handlers
        self._endings = endings or {}
        self._terms = terms
        self._clock = clock
        self._work: Work | None = None

    def run_one(self) -> bool:
        """Claim a job and see it through. False if none is due."""
        now, lease = self._clock.now(), self._terms.lease_seconds
        if not any_due(self._handlers.keys(), lease=lease, now=now):
            return False
        with database.transaction():
            claimed = claim(kinds=self._handlers.keys(), lease=lease, now=now)
        if claimed is None:
            return False
        self._see_through(claimed)
        return True

    def run_all(self) -> int:
        """Until nothing is due: for commands and tests. How many were run."""
        count = 0
        while self.run_one():
            count += 1
        return count

    def abandon(self) -> None:
        """Called from another thread when a step takes too long to wait for: the job goes back at once."""
        work = self._work
        if work is not None:
            work.fenced.set()
            with database.aside() as own:
                give_back(own, work.job_id, token=work.token)

    def _see_through(self, claimed: Claim) -> None:
        work = Work(claimed, terms=self._terms, clock=self._clock, shutting_down=self.shutting_down)
        self._work = work
        try:
            with Heartbeat(work, terms=self._terms):
                self._run(work, claimed)
        except Fenced:
            log.warning("%s: another worker has taken this job over", work.kind)
        finally:
            self._work = None

    def _run(self, work: Work, claimed: Claim) -> None:
        if claimed.attempts > self._terms.attempts:
            self._end(work, JobState.FAILED, _worker_stopped(self._terms.attempts))
            return
        try:
            if work.stop_asked():
                raise Stopped
            self._handlers[work.kind](work)
        except Fenced:
            raise
        except Stopped:
            self._end(work, JobState.STOPPED)
        except Released:
            self._give_back(work)
        except CannotBeDone as reason:
            self._end(work, JobState.FAILED, str(reason))
        except Exception as error:
            self._fault(work, claimed, error)
        else:
            self._end(work, JobState.DONE)

    def _fault(self, work: Work, claimed: Claim, error: Exception) -> None:
        _log_without_text(work, error)
        if claimed.attempts >= self._terms.attempts:
            self._end(work, JobState.FAILED, _program_fault(error, claimed.attempts))
            return
        pause = timedelta(seconds=FIRST_PAUSE_SECONDS * 2 ** (claimed.attempts - 1))
        with database.transaction():
            held = try_again(work.job_id, token=work.token, run_after=work.now() + pause)
        if not held:
            raise Fenced

    def _end(self, work: Work, state: JobState, error: str = "") -> None:
        now = work.now()
        with database.transaction():
            if not end(work.job_id, token=work.token, state=state, now=now, error=error):
                raise Fenced
            if state is not JobState.DONE and work.kind in self._endings:
                self._endings[work.kind](Ended(job_id=work.job_id, state=state, error=error, now=now))
        log.info("%s: %s", work.kind, state.value)

    def _give_back(self, work: Work) -> None:
        with database.transaction() as session:
            if not give_back(session, work.job_id, token=work.token):
                raise Fenced
            database.after_commit(wake.ring)
        log.info("%s: put back for the next worker", work.kind)


def _worker_stopped(attempts: int) -> str:
    return f"The worker stopped {attempts} times at the same place. Nothing half done was kept."


def _program_fault(error: Exception, attempts: int) -> str:
    name = type(error).__name__
    return f"A fault in the program ({name}), {attempts} times. Nothing half done was kept."


def _log_without_text(work: Work, error: Exception) -> None:
    """The message of an error can quote a response, so only its kind and its places are logged."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s at\n%s", work.kind, type(error).__name__, places)
