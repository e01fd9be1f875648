"""What waits to be read again, theme by theme."""

import uuid
from collections import Counter
from itertools import chain

from sqlalchemy import Select, Text, cast, select

from app.counting.behind import calls_for_reading
from app.counting.coded import in_blocks, places
from app.counting.frame import frame, levels
from app.counting.two_queries import comments_apart, comments_in_two_queries
from app.database import session
from app.models import Coding


def to_read_again_by_theme(consultation_id: uuid.UUID) -> dict[str, int]:
    """By the theme's code, how many of its comments wait to be read again on its account.

    Asked of the codings alone, as most call for nothing; then the few comments that do not count are left
    out.
    """
    of = frame(consultation_id)
    targets, known = places(levels(of)[:1])
    if not known:
        return {}
    counts_for = {text: its for key, its in targets.items() for text in (key.hex, str(key))}
    calling = select(cast(Coding.comment_id, Text), cast(Coding.theme_id, Text)).where(
        calls_for_reading(), Coding.theme_id.in_(list(targets))
    )
    found = {(comment, counts_for[theme]) for comment, theme in in_blocks(calling)}
    if not found:
        return {}
    out = {text for key in _comments_that_do_not_count(consultation_id) for text in (key.hex, str(key))}
    numbers = Counter(chain.from_iterable(its for comment, its in found if comment not in out))
    codes = {row.id: row.code for row in of.counted()}
    return {codes[known[place]]: count for place, count in numbers.items()}


def _comments_that_do_not_count(consultation_id: uuid.UUID) -> set[uuid.UUID]:
    _, counted = comments_in_two_queries(consultation_id)
    return _keys(comments_apart(consultation_id)) - _keys(counted)


def _keys(query: Select[uuid.UUID]) -> set[uuid.UUID]:
    return set(session.scalars(query))
