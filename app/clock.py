"""The application's one clock: opening, closing and what is due are judged by it, so tests can set it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time now, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)
