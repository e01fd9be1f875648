"""What the address of the audit page asks for. Values that mean nothing are ignored."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.accounts.queries.audit import Asked
from app.officer.forms.asked import day as day_of
from app.officer.forms.asked import key

FIELDS = ("who", "thing", "name", "from", "to")


def filters(arguments: Mapping[str, str]) -> dict[str, str]:
    found = {field: arguments.get(field, "").strip() for field in FIELDS}
    return {field: value for field, value in found.items() if value and _means_something(field, value)}


def _means_something(field: str, value: str) -> bool:
    if field == "who":
        return key(value) is not None
    return day_of(value) is not None if field in ("from", "to") else True


def asked(
    pairs: Mapping[str, str],
    *,
    consultation_id: uuid.UUID | None,
    only_of: uuid.UUID | None,
    zone: str = "Europe/London",
) -> Asked:
    """`only_of` wins over whom the address names."""
    return Asked(
        consultation_id=consultation_id,
        officer_id=only_of or key(pairs.get("who", "")),
        thing=pairs.get("thing"),
        name=pairs.get("name"),
        since=_midnight(day_of(pairs.get("from", "")), zone),
        before=_midnight(day_of(pairs.get("to", "")), zone, after=1),
    )


def entry(value: str | None) -> uuid.UUID | None:
    """That a page begins from."""
    return key(value)


def _midnight(day: date | None, zone: str, *, after: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=after), time(), ZoneInfo(zone)).astimezone(UTC)
