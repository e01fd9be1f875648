"""What the stages of a run share."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from app.jobs.work import CannotBeDone, Stopped, Work
from app.themes.queries.run_inputs import RunInputs
from app.themes.services.engine import Engine

SAY_EVERY: Final = 1.0  # seconds between steps that only say how far the engine has got


@dataclass(frozen=True)
class Course:
    """A run under way. `total`: how many comments there are."""

    work: Work
    run_id: uuid.UUID
    inputs: RunInputs
    engine: Engine

    @property
    def total(self) -> int:
        return len(self.inputs.comments)

    @property
    def consultation_id(self) -> uuid.UUID:
        if self.work.consultation_id is None:
            raise CannotBeDone("The run names no consultation.")
        return self.work.consultation_id

    def has(self, stage: str) -> bool:
        return bool(self.work.checkpoint.get(stage))

    def reached(self, **stages: Any) -> dict[str, Any]:
        return {**self.work.checkpoint, **stages}


def watch(course: Course, words: str) -> Callable[[int, int], None]:
    """Says how far the engine has got, and stops it where an officer or the runner asks for that."""
    last = monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if course.work.stop_asked():
            raise Stopped
        if monotonic() - last >= SAY_EVERY:
            with course.work.step(done=done, total=total, words=words):
                pass
            last = monotonic()

    return report
