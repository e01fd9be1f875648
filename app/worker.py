"""The worker's entry: `python -m app.worker` takes jobs from the ledger until it is told to stop.

Jobs run in a thread of their own, so that a signal is heard during a long computation too; mail goes out in
another, so that it does not wait for one.
"""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import DBAPIError

import config
from app import database
from app.cleaning.services.mark_languages import id_at, mark_languages
from app.cli.lifeline import die_with_the_supervisor
from app.cli.retention import delete_what_is_old
from app.factory import ENDINGS, HANDLERS, create_app
from app.jobs import wake
from app.jobs.lease import Terms
from app.jobs.runner import Runner
from app.jobs.services.sign_of_life import sign, sign_off
from app.jobs.work import Ending, Handler
from app.mail.postman import Postman, Round
from app.themes.run_handler import choose_encoder
from app.themes.services.ask_to_learn import ask_for_late

NICENESS = 10  # a person who sends a response goes before any job
STEP_MAY_TAKE_SECONDS = 4  # on shutting down; after that its job is given back as the step before left it
PAUSE_WITHOUT_DATABASE_SECONDS = 2
TIDY_EVERY_SECONDS = 3600
LANGUAGES_EVERY_SECONDS = 5
LANGUAGES_FROM_SECONDS = 7 * 24 * 3600  # back, when the worker starts
SETTLED_AFTER_SECONDS = 10  # a comment is older than that when it is looked at: its sending is over
LATE_EVERY_SECONDS = 60
STATISTICS_EVERY_SECONDS = 600
MAIL_LOOKS_EVERY_SECONDS = 1.0
PAUSES = {Round.DONE: 0.0, Round.NOTHING_DUE: MAIL_LOOKS_EVERY_SECONDS, Round.NOT_NOW: 5.0}
# Set before the engine is loaded: its sums come out the same on any machine, and the web keeps its cores.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

log = logging.getLogger("app.worker")


class Worker:
    def __init__(self, app: Flask, runner: Runner, postman: Postman | None = None) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.failed = False
        self._app = app
        self._runner = runner
        self._due: dict[str, float] = {}  # by what is logged if it fails
        self._statistics_at = time.monotonic()
        self._languages_to = self._late_to = id_at(time.time() - LANGUAGES_FROM_SECONDS)
        self._leave = Event()
        self._thread = Thread(target=self._take_jobs, name="jobs", daemon=True)
        self._mail: Thread | None = None
        if postman is not None:
            self._mail = Thread(target=self._deliver_mail, args=(postman,), name="mail", daemon=True)

    def run(self, *, sign_every_seconds: float) -> int:
        """Until SIGTERM or SIGINT. Gives the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._leave.set())
        self._thread.start()
        if self._mail is not None:
            self._mail.start()
        log.info("ready")
        self._sign()
        while not self._leave.wait(sign_every_seconds):
            self._sign()
        self._shut_down()
        return 1 if self.failed else 0

    def _take_jobs(self) -> None:
        try:
            while not self._runner.shutting_down.is_set():
                self.tidy()
                self.mark_languages()
                self.ask_for_late()
                if not self._take_one():
                    wake.wait(self._runner.shutting_down)
        except Exception as error:
            log.critical("stopped by %s; the supervisor starts the next", type(error).__name__)
            self.failed = True
            self._leave.set()

    def tidy(self) -> None:
        self._now_and_then("old drafts were not deleted", TIDY_EVERY_SECONDS, self._delete_old_drafts)

    def mark_languages(self) -> None:
        self._now_and_then("languages were not marked", LANGUAGES_EVERY_SECONDS, self._mark_languages)

    def ask_for_late(self) -> None:
        self._now_and_then("late comments were not looked for", LATE_EVERY_SECONDS, self._ask_for_late)

    def _now_and_then(self, failure: str, every_seconds: float, work: Callable[[], None]) -> None:
        """Between jobs, at the start and about as often as is said. The jobs must not stand still for a
        failure: it is logged, and tried again when the time has come."""
        if time.monotonic() < self._due.get(failure, 0.0):
            return
        self._due[failure] = time.monotonic() + every_seconds
        try:
            with self._app.app_context():
                work()
        except Exception as error:
            log.warning("%s: %s", failure, type(error).__name__)

    def _delete_old_drafts(self) -> None:
        deleted = delete_what_is_old(now=self._app.extensions["clock"].now())
        if deleted:
            log.info("deleted %d drafts that had not been sent, 30 days after the last change", deleted)

    def _mark_languages(self) -> None:
        """Of the comments that came since the last look. A theming run looks at all of them by itself."""
        before = id_at(time.time() - SETTLED_AFTER_SECONDS)
        while (reached := mark_languages(after=self._languages_to, before=before)) is not None:
            self._languages_to = reached

    def _ask_for_late(self) -> None:
        """Comments that came after the run in use are read: one job for all since the last look."""
        before = id_at(time.time() - SETTLED_AFTER_SECONDS)
        with database.transaction():
            ask_for_late(after=self._late_to, before=before, now=self._app.extensions["clock"].now())
        self._late_to = before

    def _take_one(self) -> bool:
        try:
            with self._app.app_context():
                worked = self._runner.run_one()
                if worked:
                    self._refresh_statistics()
                return worked
        except DBAPIError as error:
            log.warning("the database does not answer (%s); trying again", type(error).__name__)
            self._runner.shutting_down.wait(PAUSE_WITHOUT_DATABASE_SECONDS)
            return False

    def _refresh_statistics(self) -> None:
        """A job may have filled tables that were empty when the database last looked."""
        if time.monotonic() >= self._statistics_at:
            self._statistics_at = time.monotonic() + STATISTICS_EVERY_SECONDS
            database.refresh_statistics()

    def _deliver_mail(self, postman: Postman) -> None:
        """A failure of any kind must not end it: it is tried again."""
        while not self._runner.shutting_down.is_set():
            try:
                with self._app.app_context():
                    pause = PAUSES[postman.deliver_one()]
            except Exception as error:
                log.warning("mail waits: %s", type(error).__name__)
                pause = PAUSE_WITHOUT_DATABASE_SECONDS
            self._runner.shutting_down.wait(pause)

    def _sign(self) -> None:
        try:
            with database.aside() as own:
                sign(own, name=self.name, now=self._app.extensions["clock"].now())
        except DBAPIError as error:
            log.warning("no sign of life could be written: %s", type(error).__name__)

    def _shut_down(self) -> None:
        self._runner.shutting_down.set()
        self._thread.join(STEP_MAY_TAKE_SECONDS)
        if self._mail is not None:
            self._mail.join(STEP_MAY_TAKE_SECONDS)
        try:
            if self._thread.is_alive():
                self._runner.abandon()
            with database.aside() as own:
                sign_off(own, name=self.name)
        except DBAPIError as error:
            log.warning("left without saying so: %s", type(error).__name__)
        log.info("stopped")


def serve(handlers: Mapping[str, Handler], *, endings: Mapping[str, Ending]) -> int:
    settings = config.load()
    app = create_app(settings)
    choose_encoder(settings.theming_encoder, named=settings.encoder_is_named)
    terms = Terms(
        lease_seconds=settings.job_lease_seconds,
        heartbeat_seconds=settings.job_heartbeat_seconds,
        attempts=settings.job_attempts,
    )
    runner = Runner(handlers, endings=endings, terms=terms, clock=app.extensions["clock"])
    postman = Postman(settings.mail, clock=app.extensions["clock"]) if settings.mail else None
    return Worker(app, runner, postman).run(sign_every_seconds=settings.job_heartbeat_seconds)


def main(handlers: Mapping[str, Handler] = HANDLERS, endings: Mapping[str, Ending] = ENDINGS) -> None:
    logging.basicConfig(level=logging.INFO, format="worker | %(message)s", stream=sys.stdout)
    die_with_the_supervisor()
    os.nice(NICENESS)
    os.environ.update(ONE_THREAD)
    try:
        status = serve(handlers, endings=endings)
    except config.MissingSetting as missing:
        sys.exit(f"The worker cannot start: {missing}")
    logging.shutdown()
    os._exit(status)  # a step that was too long to wait for would hold an ordinary exit up


if __name__ == "__main__":
    main()
