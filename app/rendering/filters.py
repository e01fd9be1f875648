"""How times, numbers and shares are written, the same on pages, in mail and in the report."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.rendering.long_words import breakable
from app.rendering.passages import passage

UK = ZoneInfo("Europe/London")
EVENING = 18  # o'clock
COUNTED_DAYS = 7  # before closing


def day(value: datetime, zone: str = "Europe/London") -> str:
    """31 January 2016"""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def date_words(value: date) -> str:
    """11 December 2015, for a date that has no time."""
    return f"{value.day} {value:%B %Y}"


def clock_time(value: datetime, zone: str = "Europe/London") -> str:
    """11:59pm; on the hour, 9am; and never 12am or 12pm"""
    local = value.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midnight" if local.hour == 0 else "midday"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime, zone: str = "Europe/London") -> str:
    """11:59pm, Sunday 31 January 2016"""
    local = value.astimezone(ZoneInfo(zone))
    return f"{clock_time(value, zone)}, {local:%A} {day(value, zone)}"


def countdown(closes_at: datetime, now: datetime, zone: str = "Europe/London") -> str:
    """Closes in 3 days; Closes tomorrow at 11:59pm; Closes tonight at 11:59pm. Nothing until the last week.

    By the days of the calendar there; midnight ends the day before it.
    """
    last, today = (one.astimezone(ZoneInfo(zone)) for one in (closes_at - timedelta(seconds=1), now))
    days = (last.date() - today.date()).days
    if now >= closes_at or days > COUNTED_DAYS:
        return ""
    if days > 1:
        return f"Closes in {days} days"
    word = "tomorrow" if days else "tonight" if last.hour >= EVENING else "today"
    return f"Closes {word} at {clock_time(closes_at, zone)}"


def thousands(value: int) -> str:
    return f"{value:,}"


def percent(count: int, base: int) -> str:
    """Whole percentages; 0%, 1% and 100% only when true."""
    if base == 0:
        return "–"
    share = 100 * count / base
    if 0 < share < 1:
        return "<1%"
    if share < 100 and round(share) == 100:
        return ">99%"
    return f"{round(share)}%"


def plural(count: int, one: str, many: str) -> str:
    """1 comment, 12 comments"""
    return f"{count:,} {one if count == 1 else many}"


FILTERS = {
    "day": day,
    "date_words": date_words,
    "clock_time": clock_time,
    "countdown": countdown,
    "moment": moment,
    "thousands": thousands,
    "percent": percent,
    "plural": plural,
    "passage": passage,
    "breakable": breakable,
}
