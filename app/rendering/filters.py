"""How times, numbers and shares are written, the same on pages, in mail and in the report."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.consultations.passage_words import in_brief
from app.rendering.long_words import breakable
from app.rendering.passages import passage
from app.rendering.words import ENGLISH, also_in_english, page_language, plain, said, spoken

UK = ZoneInfo("Europe/London")
EVENING = 18  # o'clock
COUNTED_DAYS = 7  # before closing


@also_in_english
def day(value: datetime, zone: str = "Europe/London") -> str:
    """31 January 2016"""
    return date_words(value.astimezone(ZoneInfo(zone)))


@also_in_english
def date_words(value: date) -> str:
    """11 December 2015, for a date that has no time."""
    if page_language() == ENGLISH:
        return f"{value.day} {value:%B %Y}"
    return _in_words(value, "d MMMM y")


@also_in_english
def clock_time(value: datetime, zone: str = "Europe/London") -> str:
    """11:59pm; on the hour, 9am; and never 12am or 12pm"""
    local = value.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return plain("midnight") if local.hour == 0 else plain("midday")
    minutes = f":{local.minute:02}" if local.minute else ""
    half = plain("am") if local.hour < 12 else plain("pm")
    return f"{local.hour % 12 or 12}{minutes}{half}"


@also_in_english
def moment(value: datetime, zone: str = "Europe/London") -> str:
    """11:59pm, Sunday 31 January 2016"""
    local = value.astimezone(ZoneInfo(zone))
    weekday = f"{local:%A}" if page_language() == ENGLISH else _in_words(local, "EEEE")
    return f"{clock_time(value, zone)}, {weekday} {day(value, zone)}"


def _in_words(value: date, pattern: str) -> str:
    """Of the day as it is there: a time is not moved to another zone."""
    return str(format_date(value, pattern, locale=page_language().replace("-", "_")))


def countdown(closes_at: datetime, now: datetime, zone: str = "Europe/London") -> str:
    """Closes in 3 days; Closes tomorrow at 11:59pm; Closes tonight at 11:59pm. Nothing until the last week.

    By the days of the calendar there; midnight ends the day before it.
    """
    last, today = (one.astimezone(ZoneInfo(zone)) for one in (closes_at - timedelta(seconds=1), now))
    days = (last.date() - today.date()).days
    if now >= closes_at or days > COUNTED_DAYS:
        return ""
    at = clock_time(closes_at, zone)
    if days > 1:
        return said("Closes in %(days)s days", days=days)
    if days:
        return said("Closes tomorrow at %(time)s", time=at)
    if last.hour >= EVENING:
        return said("Closes tonight at %(time)s", time=at)
    return said("Closes today at %(time)s", time=at)


def closes_today(closes_at: datetime, now: datetime, zone: str = "Europe/London") -> bool:
    """On the last day of the calendar there, as `countdown` counts it."""
    last, today = (one.astimezone(ZoneInfo(zone)) for one in (closes_at - timedelta(seconds=1), now))
    return now < closes_at and last.date() == today.date()


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
    "closes_today": closes_today,
    "countdown": countdown,
    "moment": moment,
    "thousands": thousands,
    "percent": percent,
    "plural": plural,
    "passage": passage,
    "in_brief": in_brief,
    "spoken": spoken,
    "breakable": breakable,
}
