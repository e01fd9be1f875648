"""One page of a list, with the length of the whole: by number, or by the key that it begins or ends at."""

import uuid
from collections.abc import Callable, Sequence
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
        return pages_of(self.total)

    @property
    def first(self) -> int:
        return (self.number - 1) * A_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0


@dataclass(frozen=True)
class Place:
    """Where a page of keys in order begins: after one, or so that it ends before one.

    `at` is the number of its first item, carried along in the address so that nobody has to count to it.
    """

    after: uuid.UUID | None = None
    before: uuid.UUID | None = None
    at: int = 1


FIRST = Place()


@dataclass(frozen=True)
class KeyPage(Generic[Item]):
    """`first` is the number of the first item. `before` and `after` lead to its neighbours, if any."""

    items: Sequence[Item]
    total: int
    first: int
    before: uuid.UUID | None
    after: uuid.UUID | None

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def earlier(self) -> Place | None:
        return None if self.before is None else Place(before=self.before, at=max(1, self.first - A_PAGE))

    @property
    def later(self) -> Place | None:
        return None if self.after is None else Place(after=self.after, at=self.last + 1)


def cut_by_key(chosen: Any, key: Any, place: Place) -> Any:
    """Of a select, in the order of the key; one more than a page, to know whether there are others."""
    if place.before is not None:
        return chosen.where(key < place.before).order_by(key.desc()).limit(A_PAGE + 1)
    if place.after is not None:
        chosen = chosen.where(key > place.after)
    return chosen.order_by(key).limit(A_PAGE + 1)


def key_page(
    found: Sequence[Item], key: Callable[[Item], uuid.UUID], place: Place, total: int
) -> KeyPage[Item]:
    """What `cut_by_key` found, in the order of the key again."""
    backwards, more = place.before is not None, len(found) > A_PAGE
    items = list(found[:A_PAGE])
    if backwards:
        items.reverse()
    earlier = more if backwards else place.after is not None
    later = backwards or more
    first = 1 if not earlier else min(max(2, place.at), max(1, total - len(items) + 1))
    return KeyPage(
        items, total, first if items else 0,
        before=key(items[0]) if items and earlier else None,
        after=key(items[-1]) if items and later else None,
    )  # fmt: skip


def length(chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def pages_of(total: int, size: int = A_PAGE) -> int:
    """An empty list has one page too."""
    return max(1, -(-total // size))


def within(number: int, total: int, size: int = A_PAGE) -> int:
    """The page asked for, or the nearest that there is."""
    return min(max(number, 1), pages_of(total, size))


def cut(chosen: Any, number: int) -> Any:
    """Of a select, whatever its columns."""
    return chosen.limit(A_PAGE).offset((number - 1) * A_PAGE)
