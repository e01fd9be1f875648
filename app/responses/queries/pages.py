"""One page of a list, with the length of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from app.database import session

A_PAGE = 50
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    items: Sequence[Item]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * A_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0


def length(chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def within(number: int, total: int) -> int:
    """The page asked for, or the nearest that there is."""
    return min(max(number, 1), max(1, -(-total // A_PAGE)))


def cut(chosen: Any, number: int) -> Any:
    """Of a select, whatever its columns."""
    return chosen.limit(A_PAGE).offset((number - 1) * A_PAGE)
