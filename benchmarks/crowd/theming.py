"""A theming job that is always under way: when one ends the next is asked for."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from typing import cast

from sqlalchemy import select

from app import database
from app.accounts.actor import SYSTEM
from app.consultations.queries.find import consultation_by_slug
from app.enums import JobState
from app.models import Consultation, Job
from app.themes.services.start_run import THEMING, start_run

LOOK_EVERY_SECONDS = 0.5
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass
class Theming:
    """`looks` holds, for each look, the time and whether a job was running."""

    looks: list[tuple[float, bool]] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)

    def share(self, begin: float, end: float) -> float | None:
        """Of the looks between two times, how many found a job running."""
        seen = [running for at, running in self.looks if begin <= at <= end]
        return round(sum(seen) / len(seen), 3) if seen else None

    @property
    def is_running(self) -> bool:
        return bool(self.looks) and self.looks[-1][1]


@contextmanager
def kept_going(slug: str) -> Iterator[Theming]:
    theming, leave = Theming(), Event()
    thread = Thread(target=_watch, args=(slug, theming, leave), daemon=True)
    thread.start()
    try:
        yield theming
    finally:
        leave.set()
        thread.join(30)


def _watch(slug: str, theming: Theming, leave: Event) -> None:
    while not leave.wait(LOOK_EVERY_SECONDS):
        try:
            _look(slug, theming)
        except Exception as error:  # the run goes on; what the watch could not see is in its result
            theming.troubles[type(error).__name__] += 1
        finally:
            database.session.remove()


def _look(slug: str, theming: Theming) -> None:
    states = list(database.session.scalars(select(Job.state).where(Job.kind == THEMING)))
    theming.states = Counter(state.value for state in states)
    theming.looks.append((time.monotonic(), JobState.RUNNING in states))
    if not set(UNDER_WAY) & set(states):
        with database.transaction():
            start_run(cast(Consultation, consultation_by_slug(slug)), actor=SYSTEM, now=datetime.now(UTC))
