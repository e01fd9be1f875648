"""How long a sign-in lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class SessionLimits:
    idle: timedelta
    whole: timedelta

    def seen_since(self, now: datetime) -> datetime:
        return now - self.idle

    def begun_since(self, now: datetime) -> datetime:
        return now - self.whole
