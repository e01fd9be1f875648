from datetime import UTC, datetime, timedelta


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime | None = None) -> None:
        self._now = at or datetime(2026, 6, 15, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def set(self, at: datetime) -> None:
        self._now = at

    def move(self, **by: float) -> None:
        self._now += timedelta(**by)
