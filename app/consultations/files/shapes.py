"""Reads a mapping into a dataclass by its type hints: no unknown key, none missing, each of its type.

A field with a default may be left out. `line` is filled in, not read.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from app.consultations.files.problems import Problems

T = TypeVar("T")
WORDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a mapping"}


class _Wrong(Exception):
    pass


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(cast(Any, kind))


def read(kind: type[T], given: object, *, problems: Problems, line: int | None = None, at: str = "") -> T:
    """What cannot be read is None in the result and a line in `problems`: refuse before using it."""
    if not isinstance(given, dict):
        problems.add(f"{at or 'this'} must be a mapping", line=line)
        return cast(T, None)
    lines: dict[str, int] = getattr(given, "lines", {})
    start = getattr(given, "line", None) or line
    known = {f.name: f for f in fields(cast(Any, kind)) if f.name != "line"}
    for key in given.keys() - known.keys():
        problems.add(f"{_path(at, key)} is not a key of this format", line=lines.get(key, start))
    values: dict[str, Any] = {"line": start} if "line" in _hints(cast(Any, kind)) else {}
    for name, field in known.items():
        if name in given:
            where = (lines.get(name, start), _path(at, name))
            values[name] = _value(_hints(cast(Any, kind))[name], given[name], problems, *where)
        elif _needed(field):
            problems.add(f"{_path(at, name)} is missing", line=start)
            values[name] = None
    return kind(**values)


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _path(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _value(hint: Any, given: object, problems: Problems, line: int | None, at: str) -> Any:
    try:
        return _converted(hint, given, problems, line, at)
    except _Wrong as wrong:
        problems.add(f"{at} must be {wrong}", line=line)
        return None


def _converted(hint: Any, given: Any, problems: Problems, line: int | None, at: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = next(a for a in get_args(hint) if a is not NoneType)
        return None if given is None else _converted(inner, given, problems, line, at)
    if origin in (list, tuple):
        return _listed(get_args(hint)[0], given, problems, line, at)
    if origin is dict:
        return _mapped(get_args(hint)[1], given, problems, line, at)
    if is_dataclass(hint):
        return read(cast(type, hint), given, problems=problems, line=line, at=at)
    return _plain(hint, origin, given)


def _plain(hint: Any, origin: Any, given: Any) -> Any:
    if hint is Any:
        return given
    if origin is Literal:
        return _one_of(get_args(hint), given, lambda found: found)
    if issubclass(hint, StrEnum):
        return _one_of(tuple(member.value for member in hint), given, hint)
    if not isinstance(given, hint) or (hint is int and isinstance(given, bool)):
        raise _Wrong(WORDS[hint])
    return given


def _one_of(allowed: tuple[Any, ...], given: Any, made: Callable[[Any], Any]) -> Any:
    if given not in allowed:
        raise _Wrong("one of " + ", ".join(str(a) for a in allowed))
    return made(given)


def _listed(hint: Any, given: object, problems: Problems, line: int | None, at: str) -> tuple[Any, ...]:
    if not isinstance(given, list):
        raise _Wrong(WORDS[list])
    return tuple(_value(hint, item, problems, line, f"{at}[{n}]") for n, item in enumerate(given, 1))


def _mapped(hint: Any, given: object, problems: Problems, line: int | None, at: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _Wrong(WORDS[dict])
    lines = getattr(given, "lines", {})
    return {k: _value(hint, v, problems, lines.get(k, line), _path(at, str(k))) for k, v in given.items()}
