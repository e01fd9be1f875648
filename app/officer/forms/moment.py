"""A day and a time as people write them, in the consultation's own time, summer time included."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
MIDDAY = "midday"


class NotAMoment(Exception):
    """`part` is the field it is about: "day" or "time". `str()` is a sentence for the officer."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


def moment(day: str, month: str, year: str, time: str, *, zone: str, what: str) -> datetime:
    """In UTC. `what` names it at the start of a message: "The closing". Raises NotAMoment."""
    hour, minute = _time(time, what)
    try:
        local = datetime(int(year), int(month), int(day), hour, minute)  # noqa: DTZ001 - the zone comes next
    except (ValueError, OverflowError):
        raise NotAMoment("day", f"{what} date must be a real date, like 31 1 2027") from None
    if local.year < 2000:
        raise NotAMoment("day", f"{what} year must have 4 figures")
    # Of the hour that comes twice in October, the first.
    at = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise NotAMoment("time", f"{what} time does not exist on that day: the clocks go forward")
    return at


def written(at: datetime, *, zone: str) -> dict[str, str]:
    """As the fields show it."""
    local = at.astimezone(ZoneInfo(zone))
    time = f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"
    return {
        "day": str(local.day),
        "month": str(local.month),
        "year": str(local.year),
        "time": MIDDAY if (local.hour, local.minute) == (12, 0) else time,
    }


def _time(given: str, what: str) -> tuple[int, int]:
    words = given.strip().lower()
    if words == MIDDAY:
        return 12, 0
    found = TIME.fullmatch(words)
    if found is None or not (found[2] or found[3]):
        raise NotAMoment("time", f"{what} time must be like 11:59pm or 23:59")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute > 59 or not (1 <= hour <= 12 if half else hour <= 23):
        raise NotAMoment("time", f"{what} time must be like 11:59pm or 23:59")
    return (hour % 12 + (12 if half == "pm" else 0) if half else hour), minute
