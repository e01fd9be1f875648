"""How times, numbers and shares are written, the same on pages, in mail and in the report."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.rendering.long_words import breakable
from app.rendering.passages import passage

UK = ZoneInfo("Europe/London")


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
    "moment": moment,
    "thousands": thousands,
    "percent": percent,
    "plural": plural,
    "passage": passage,
    "breakable": breakable,
}
