"""What the address of a list asks for. Values that mean nothing are ignored: a list is never an error."""

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

Kind = TypeVar("Kind", bound=StrEnum)
Otherwise = TypeVar("Otherwise", int, None)
Pairs = dict[str, str]


def given(arguments: Mapping[str, str], names: Iterable[str], kinds: Mapping[str, type[StrEnum]]) -> Pairs:
    """The filters in force, in the order of `names`, so that the same list has the same address.

    `kinds` are the names whose values are one of an enumeration.
    """
    found = {name: arguments.get(name, "").strip() for name in names}
    return {
        name: value
        for name, value in found.items()
        if value and (name not in kinds or value in set(kinds[name]))
    }


def one_of(kind: type[Kind], value: str | None) -> Kind | None:
    return kind(value) if value in set(kind) else None


def yes_or_no(value: str | None) -> bool | None:
    return {"1": True, "0": False}.get(value or "")


def pair(value: str | None) -> tuple[str, str] | None:
    """`question:option`"""
    first, found, second = (value or "").partition(":")
    return (first, second) if found else None


def whole(value: str | None, *, otherwise: Otherwise) -> int | Otherwise:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else otherwise


def day(value: str | None) -> date | None:
    """Within the years whose midnights can be reckoned with."""
    with suppress(ValueError):
        found = date.fromisoformat(value or "")
        return found if 1900 < found.year < 2200 else None
    return None


def key(value: str | None) -> uuid.UUID | None:
    with suppress(ValueError):
        return uuid.UUID(value or "")
    return None


def address(path: str, pairs: Pairs, **more: str) -> str:
    asked = urlencode({**pairs, **more})
    return f"{path}?{asked}" if asked else path


def without(pairs: Pairs, name: str) -> Pairs:
    return {key: value for key, value in pairs.items() if key != name}
