"""Renews the lease of the job in hand, in a thread and a session of its own."""

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError

from app import database
from app.jobs.lease import Terms
from app.jobs.services.hold import renew
from app.jobs.work import Work

log = logging.getLogger(__name__)


class Heartbeat:
    def __init__(self, work: Work, *, terms: Terms) -> None:
        self._work = work
        self._terms = terms
        self._over = Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._terms.heartbeat_seconds):
            try:
                self._renew()
            except DBAPIError as error:
                # A busy or absent database is no reason to stop: if another takes over, the token tells.
                log.warning(
                    "The lease of a %s job was not renewed: %s", self._work.kind, type(error).__name__
                )
            if self._work.fenced.is_set():
                return

    def _renew(self) -> None:
        work = self._work
        with database.aside() as own:
            stop_asked = renew(own, work.job_id, token=work.token, lease=self._terms.lease_seconds)
        if stop_asked is None and not self._over.is_set():
            work.fenced.set()
        elif stop_asked:
            work.stop.set()
