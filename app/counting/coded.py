"""One pass over all codings that count, a comment at a time.

Grouping them in the database sorts hundreds of thousands of rows for each number; read once in the order of
an index and tallied here, they take a fifth of the time and little memory.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Executable, Text, case, cast, null, select

from app.counting.behind import CommentFilter, comments_behind, has_been_read, standing_coding
from app.counting.standing import Respondent, in_a_campaign
from app.database import session
from app.enums import CodingSource, RespondentKind, Stance
from app.models import Coding, Comment, Question

# What one comment says to one theme, as bits.
STANCES: Final = {stance.value: 1 << place for place, stance in enumerate(Stance)}
SINGLE: Final = 1 << len(STANCES)  # the theme was chosen for this comment, or the comment has been read whole
FREE: Final = 2 * SINGLE  # it belongs to no campaign
AT_ONCE: Final = 5_000  # rows
Targets = dict[uuid.UUID, tuple[int, ...]]


class Commented(NamedTuple):
    respondent: int  # a number for this pass, from nought
    mark: int  # of the respondent in a tally
    bits: int  # FREE, and SINGLE where the comment has been read whole
    question: str | None


@dataclass(frozen=True)
class Everyone:
    """The comments that count, by their key as text, and how many respondents wrote them."""

    comments: dict[str, Commented]
    respondents: int


def everyone(consultation_id: uuid.UUID, chosen: CommentFilter, *, apart: bool) -> Everyone:
    """`apart`: with the key of the question that each comment answers."""
    query = comments_behind(consultation_id, chosen)
    if apart:
        query = query.outerjoin(Question, Question.id == Comment.question_id)
    rows = in_blocks(
        query.with_only_columns(
            cast(Comment.id, Text).label("comment"),
            cast(Respondent.id, Text).label("respondent"),
            case((Respondent.kind == RespondentKind.INDIVIDUAL, Tally.INDIVIDUAL), else_=0).label(
                "individual"
            ),
            case((in_a_campaign(), 0), else_=FREE).label("free"),
            case((has_been_read(), SINGLE), else_=0).label("read"),
            (Question.key if apart else null()).label("question"),
        )
    )
    numbers: dict[str, int] = {}
    comments = {
        comment: Commented(
            numbers.setdefault(respondent, len(numbers)),
            Tally.THERE | individual | (Tally.FREE if free else 0),
            free | read,
            question,
        )
        for comment, respondent, individual, free, read, question in rows
    }
    return Everyone(comments, len(numbers))


def coded(targets: Targets) -> Iterator[tuple[str, dict[int, int]]]:
    """Each comment that has a coding of these themes: for each of the numbers that a theme counts for, its
    stances and whether it was chosen singly, as bits."""
    counts_for = {text: its for key, its in targets.items() for text in (key.hex, str(key))}
    for comment, rows in groupby(in_blocks(_codings(targets)), key=itemgetter(0)):
        said: dict[int, int] = {}
        for _, theme, stance, source in rows:
            bits = STANCES[stance] if source == CodingSource.BULK else STANCES[stance] | SINGLE
            for target in counts_for[theme]:
                said[target] = said.get(target, 0) | bits
        yield comment, said


def _codings(themes: Iterable[uuid.UUID]) -> Executable:
    columns = (Coding.comment_id, Coding.theme_id, Coding.stance, Coding.source)
    return (
        select(*(cast(one, Text).label(one.key) for one in columns))
        .where(standing_coding(), Coding.theme_id.in_(list(themes)))
        .order_by(Coding.comment_id)
    )


def in_blocks(query: Executable) -> Iterator[Any]:
    """Not through the session, which would look for objects in each of hundreds of thousands of rows."""
    found = session.connection().execute(query, execution_options={"yield_per": AT_ONCE})
    return chain.from_iterable(found.partitions())


class Tally:
    """Of one theme or net: its comments by what they say, and its respondents.

    `respondents`: a byte for each respondent, so that the whole frame fits in a few megabytes.
    """

    THERE, FREE, INDIVIDUAL = 1, 2, 4

    def __init__(self, respondents: int) -> None:
        self._comments = [0] * (2 * FREE)
        self._people = bytearray(respondents)

    def add(self, who: Commented, bits: int) -> None:
        self._comments[bits | who.bits] += 1
        self._people[who.respondent] |= who.mark

    def comments(self, bit: int = 0) -> int:
        """Those that have this bit; all of them without one."""
        return sum(count for bits, count in enumerate(self._comments) if bits & bit == bit)

    def people(self, mark: int = THERE) -> int:
        return sum(self._people.count(marks) for marks in range(1, 8) if marks & mark)


def places(levels: Sequence[dict[uuid.UUID, uuid.UUID]]) -> tuple[Targets, list[uuid.UUID]]:
    """For each theme the numbers of all it counts for, its own first; and what the numbers stand for."""
    known = list(dict.fromkeys(its for level in levels for its in level.values()))
    number = {key: place for place, key in enumerate(known)}
    themes = dict.fromkeys(key for level in levels for key in level)
    targets = {key: tuple(number[level[key]] for level in levels if key in level) for key in themes}
    return targets, known
