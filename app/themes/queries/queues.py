"""The queues of the reading screen: which comments are in each, and in which order they are read."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select

from app.counting.answers import question_id
from app.counting.behind import CommentFilter, calls_for_reading, comment_is_decided, comments_behind
from app.counting.comments import comment_progress, progress_by_question
from app.counting.frame import frame
from app.counting.standing import Respondent
from app.counting.suggestions import current_run, suggested_comments_behind, suggested_waiting
from app.database import session
from app.models import (
    Coding,
    Comment,
    Discussion,
    ReadingOrder,
    Suggestion,
)
from app.themes.queries.suggestions import POSSIBLE

WINDOW = 25  # comments looked at in one query while the next one is searched for


class QueueKind(StrEnum):
    USEFUL = "useful"
    OLDEST = "oldest"
    THEME = "theme"
    QUESTION = "question"
    REREAD = "reread"
    FLAGGED = "flagged"
    LATE = "late"


@dataclass(frozen=True)
class Queue:
    """`of`: the code of the theme or the key of the question."""

    kind: QueueKind
    of: str = ""

    @property
    def key(self) -> str:
        """As addresses carry it: useful, theme-PLA03."""
        return f"{self.kind.value}-{self.of}" if self.of else self.kind.value

    @classmethod
    def parse(cls, key: str) -> "Queue | None":
        kind, _, of = key.partition("-")
        if kind not in set(QueueKind):
            return None
        needs = QueueKind(kind) in (QueueKind.THEME, QueueKind.QUESTION)
        return cls(QueueKind(kind), of) if bool(of) is needs else None


@dataclass(frozen=True)
class Progress:
    """`total` is None where only what is left can be said: done comments leave such a queue."""

    left: int
    total: int | None = None

    @property
    def number(self) -> int:
        """Which one of the queue the officer has in front of them."""
        return 1 if self.total is None else min(self.total, self.total - self.left + 1)


def comments_in(consultation_id: uuid.UUID, queue: Queue) -> Select[uuid.UUID]:
    """Ids of the comments that wait in the queue. Comment and Respondent are joined."""
    found = comments_behind(consultation_id, _filter(queue))
    if queue.kind is QueueKind.THEME:
        behind = suggested_comments_behind(consultation_id, theme=queue.of, at_least=POSSIBLE)
        return found.where(Comment.id.in_(behind))
    if queue.kind is QueueKind.FLAGGED:
        return found.where(is_flagged())
    if queue.kind is QueueKind.REREAD:
        return found.where(_waits_again())
    return found.where(Respondent.late.is_(True)) if queue.kind is QueueKind.LATE else found


def _filter(queue: Queue) -> CommentFilter:
    if queue.kind in (QueueKind.FLAGGED, QueueKind.REREAD, QueueKind.THEME):
        return CommentFilter()
    return CommentFilter(decided=False, question=queue.of if queue.kind is QueueKind.QUESTION else None)


def is_flagged() -> ColumnElement[bool]:
    return Comment.id.in_(
        select(Discussion.comment_id).where(Discussion.flagged, Discussion.settled_at.is_(None))
    )


def _waits_again() -> ColumnElement[bool]:
    """Not "exists": SQLite would ask it of every comment, where it can begin with the few codings."""
    return Comment.id.in_(select(Coding.comment_id).where(calls_for_reading()))


def in_order(
    consultation_id: uuid.UUID, queue: Queue, *, after: uuid.UUID | None, offered: ColumnElement[bool]
) -> Iterator[uuid.UUID]:
    """The comments of the queue as they are read: those behind `after` first, then from the start.

    `offered` is a condition on Comment. Long queues are read in windows, so that a thousand decided comments
    or a hundred thousand that wait cost the same.
    """
    if queue.kind is QueueKind.USEFUL:
        yield from _most_useful(consultation_id, after, offered)
    if queue.kind in (QueueKind.USEFUL, QueueKind.OLDEST, QueueKind.QUESTION):
        yield from _oldest(consultation_id, queue, after, offered)
        return
    query = comments_in(consultation_id, queue).where(offered)
    if queue.kind is QueueKind.THEME:
        query = query.order_by(_probability(consultation_id, queue.of).desc())
    if queue.kind is QueueKind.FLAGGED and after is not None:
        query = query.where(Comment.id > after)
    yield from session.scalars(query.order_by(Comment.id).limit(WINDOW))


def _most_useful(
    consultation_id: uuid.UUID, after: uuid.UUID | None, offered: ColumnElement[bool]
) -> Iterator[uuid.UUID]:
    run = current_run(consultation_id).scalar_subquery()
    here = None
    if after is not None:
        at = select(ReadingOrder.position).where(ReadingOrder.run_id == run, ReadingOrder.comment_id == after)
        here = session.scalar(at)
    for first in dict.fromkeys((-1 if here is None else here, -1)):
        position = first
        while True:
            window = (
                select(ReadingOrder.comment_id, ReadingOrder.position)
                .join(Comment, Comment.id == ReadingOrder.comment_id)
                .where(
                    ReadingOrder.run_id == run,
                    ReadingOrder.position > position,
                    ~comment_is_decided(),
                    offered,
                )
                .order_by(ReadingOrder.position)
                .limit(WINDOW)
            )
            found = session.execute(window).all()
            yield from _that_count(consultation_id, [key for key, _ in found])
            if len(found) < WINDOW:
                break
            position = found[-1][1]


def _oldest(
    consultation_id: uuid.UUID, queue: Queue, after: uuid.UUID | None, offered: ColumnElement[bool]
) -> Iterator[uuid.UUID]:
    where = [Comment.consultation_id == consultation_id, Comment.is_current, ~comment_is_decided(), offered]
    if queue.kind is QueueKind.QUESTION:
        where.append(Comment.question_id == question_id(consultation_id, queue.of))
    nothing = uuid.UUID(int=0)
    behind = after if after is not None and queue.kind is not QueueKind.USEFUL else nothing
    for first in dict.fromkeys((behind, nothing)):
        last = first
        while True:
            window = select(Comment.id).where(*where, Comment.id > last).order_by(Comment.id).limit(WINDOW)
            found = list(session.scalars(window))
            yield from _that_count(consultation_id, found)
            if len(found) < WINDOW:
                break
            last = found[-1]


def _that_count(consultation_id: uuid.UUID, ids: list[uuid.UUID]) -> list[uuid.UUID]:
    if not ids:
        return []
    query = comments_behind(consultation_id, CommentFilter(decided=False)).where(Comment.id.in_(ids))
    counted = set(session.scalars(query))
    return [key for key in ids if key in counted]


def _probability(consultation_id: uuid.UUID, code: str) -> ColumnElement[float]:
    run = current_run(consultation_id).scalar_subquery()
    return (
        select(func.max(Suggestion.probability))
        .where(
            Suggestion.comment_id == Comment.id,
            Suggestion.run_id == run,
            Suggestion.theme_id.in_(frame(consultation_id).under(code)),
        )
        .scalar_subquery()
    )


def progress_in(consultation_id: uuid.UUID, queue: Queue) -> Progress:
    if queue.kind in (QueueKind.USEFUL, QueueKind.OLDEST):
        every = comment_progress(consultation_id)
        return Progress(every.undecided, every.comments)
    if queue.kind is QueueKind.QUESTION:
        of = progress_by_question(consultation_id).get(queue.of)
        return Progress(of.undecided, of.comments) if of else Progress(0, 0)
    return Progress(_count(consultation_id, queue))


def _count(consultation_id: uuid.UUID, queue: Queue) -> int:
    behind = comments_in(consultation_id, queue).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def flagged(consultation_id: uuid.UUID) -> int:
    return _count(consultation_id, Queue(QueueKind.FLAGGED))


def left_in_each(consultation_id: uuid.UUID) -> dict[str, int]:
    """By the key of the queue, those that have any comment."""
    found = {Queue(kind).key: progress_in(consultation_id, Queue(kind)).left for kind in (
        QueueKind.USEFUL, QueueKind.REREAD, QueueKind.FLAGGED, QueueKind.LATE
    )}  # fmt: skip
    found[QueueKind.OLDEST.value] = found[QueueKind.USEFUL.value]
    for key, of in progress_by_question(consultation_id).items():
        if key is not None:
            found[Queue(QueueKind.QUESTION, key).key] = of.undecided
    for code, waiting in suggested_waiting(consultation_id, at_least=POSSIBLE).items():
        found[Queue(QueueKind.THEME, code).key] = waiting.comments
    return found
