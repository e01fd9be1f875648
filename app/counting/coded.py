"""One pass over all codings that count, a comment at a time.

Grouping them by theme in the database sorts hundreds of thousands of rows for each number. Put together by
comment in the order of an index, read once and tallied here, they take a tenth of the time and little memory.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import Executable, Select, Subquery, Text, case, cast, func, null, select

from app.counting.behind import CommentFilter, has_been_read, standing_coding
from app.counting.standing import Respondent, in_a_campaign, responses_apart
from app.counting.two_queries import comments_in_two_queries
from app.database import session
from app.enums import CodingSource, RespondentKind, Stance
from app.models import Coding, Comment, Question

# What one comment says to one theme, as bits.
STANCES: Final = {stance.value: 1 << place for place, stance in enumerate(Stance)}
SINGLE: Final = 1 << len(STANCES)  # the theme was chosen for this comment, or the comment has been read whole
FREE: Final = 2 * SINGLE  # it belongs to no campaign
AT_ONCE: Final = 5_000  # rows
Targets = dict[uuid.UUID, tuple[int, ...]]


class Coded(NamedTuple):
    """A comment with its codings: for each of the numbers that a theme counts for, the bits of what is said.
    FREE and, of a comment that has been read whole, SINGLE are in all of them."""

    respondent: int  # a number for this pass, from nought
    mark: int  # of the respondent in a tally
    said: dict[int, int]
    question: str | None


def coded(
    consultation_id: uuid.UUID, chosen: CommentFilter, targets: Targets, *, whole: bool, by_question: bool
) -> Iterator[Coded]:
    """The comments that count and have a coding of these themes. `whole`: these are all themes of the frame,
    and no coding has to be asked for its theme. `by_question`: with the key of each comment's question."""
    numbers: dict[str, int] = {}
    parsed, themes = _Parsed(targets), None if whole else list(targets)
    rows = _rows(consultation_id, chosen, themes, by_question)
    for respondent, individual, free, read, question, its_codings in rows:
        said: dict[int, int] = {}
        always = free | read
        for one in its_codings.split(","):
            its, bits = parsed[one]
            for target in its:
                said[target] = said.get(target, always) | bits
        mark = Tally.THERE | individual | (Tally.FREE if free else 0)
        yield Coded(numbers.setdefault(respondent, len(numbers)), mark, said, question)


class _Parsed(dict[str, tuple[tuple[int, ...], int]]):
    """What a coding as text counts for, and its bits: there are few different ones."""

    def __init__(self, targets: Targets) -> None:
        super().__init__()
        self._targets = targets

    def __missing__(self, said: str) -> tuple[tuple[int, ...], int]:
        theme, stance, source = said.split(" ")
        bits = STANCES[stance] if source == CodingSource.BULK else STANCES[stance] | SINGLE
        self[said] = self._targets[uuid.UUID(theme)], bits
        return self[said]


def _rows(
    consultation_id: uuid.UUID, chosen: CommentFilter, themes: Sequence[uuid.UUID] | None, by_question: bool
) -> Iterator[Any]:
    most, others = comments_in_two_queries(consultation_id, chosen)
    few = select(Comment.id).where(Comment.response_id.in_(responses_apart(consultation_id)))
    for query, among in ((most, None), (others, few)):
        its = _said(themes, among)
        rows = query.join(its, its.c.comment_id == Comment.id)
        if by_question:
            rows = rows.outerjoin(Question, Question.id == Comment.question_id)
        yield from in_blocks(
            rows.with_only_columns(
                cast(Respondent.id, Text).label("respondent"),
                case((Respondent.kind == RespondentKind.INDIVIDUAL, Tally.INDIVIDUAL), else_=0).label(
                    "individual"
                ),
                case((in_a_campaign(), 0), else_=FREE).label("free"),
                case((has_been_read(), SINGLE), else_=0).label("read"),
                (Question.key if by_question else null()).label("question"),
                its.c.said,
            )
        )


def _said(themes: Sequence[uuid.UUID] | None, among: Select[uuid.UUID] | None) -> Subquery:
    """A row a comment: each coding as the theme, the stance and the source."""
    theme, stance, source = (cast(one, Text) for one in (Coding.theme_id, Coding.stance, Coding.source))
    query = select(
        Coding.comment_id, func.aggregate_strings(theme + " " + stance + " " + source, ",").label("said")
    ).where(standing_coding())
    if themes is not None:
        query = query.where(Coding.theme_id.in_(themes))
    if among is not None:
        query = query.where(Coding.comment_id.in_(among))
    return query.group_by(Coding.comment_id).subquery("its")


def in_blocks(query: Executable) -> Iterator[Any]:
    """Not through the session, which would look for objects in each of hundreds of thousands of rows."""
    found = session.connection().execute(query, execution_options={"yield_per": AT_ONCE})
    return chain.from_iterable(found.partitions())


class Tally:
    """Of one theme or net: its comments by what they say, and its respondents.

    `marks`: a byte for each respondent, so that the whole frame fits in a few megabytes.
    """

    __slots__ = ("by_bits", "marks")
    THERE, FREE, INDIVIDUAL = 1, 2, 4

    def __init__(self) -> None:
        self.by_bits = [0] * (2 * FREE)
        self.marks = bytearray()

    @classmethod
    def of_all(cls, parts: "Iterable[Tally]") -> "Tally":
        """Of one pass, and no comment in two of them."""
        whole, marks = cls(), 0
        for part in parts:
            whole.by_bits = [one + other for one, other in zip(whole.by_bits, part.by_bits, strict=True)]
            marks |= int.from_bytes(part.marks, "little")
        whole.marks = bytearray(marks.to_bytes(-(-marks.bit_length() // 8), "little"))
        return whole

    def comments(self, bit: int = 0) -> int:
        """Those that have this bit; all of them without one."""
        return sum(count for bits, count in enumerate(self.by_bits) if bits & bit == bit)

    def people(self, mark: int = THERE) -> int:
        return sum(self.marks.count(marks) for marks in range(1, 8) if marks & mark)


def add(comment: Coded, tallies: Sequence[Tally]) -> None:
    """To all that it counts for at once: half a million calls, one each, would be half of the work."""
    respondent, mark, said, _ = comment
    for place, bits in said.items():
        tally = tallies[place]
        tally.by_bits[bits] += 1
        if respondent >= len(tally.marks):
            tally.marks.extend(bytes(respondent + AT_ONCE - len(tally.marks)))
        tally.marks[respondent] |= mark


def places(levels: Sequence[dict[uuid.UUID, uuid.UUID]]) -> tuple[Targets, list[uuid.UUID]]:
    """For each theme the numbers of all it counts for, its own first; and what the numbers stand for."""
    known = list(dict.fromkeys(its for level in levels for its in level.values()))
    number = {key: place for place, key in enumerate(known)}
    themes = dict.fromkeys(key for level in levels for key in level)
    targets = {key: tuple(number[level[key]] for level in levels if key in level) for key in themes}
    return targets, known
