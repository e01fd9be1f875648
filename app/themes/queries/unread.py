"""Comments that nobody has decided anything about, for the software to read."""

import uuid

from sqlalchemy import ColumnElement, exists, or_, select

from app.database import session
from app.enums import DispositionValue
from app.models import Coding, Comment, Disposition, ReadingOrder, Suggestion, SuggestionDecision


def next_undecided(consultation_id: uuid.UUID, run_id: uuid.UUID | None, *, most: int) -> list[uuid.UUID]:
    """The next ones in the order in which the run says that they are read."""
    mine = (ReadingOrder.comment_id == Comment.id) & (ReadingOrder.run_id == run_id)
    query = (
        select(Comment.id)
        .outerjoin(ReadingOrder, mine)
        .where(Comment.consultation_id == consultation_id, Comment.is_current, untouched())
        .order_by(ReadingOrder.position.is_(None), ReadingOrder.position, Comment.id)
        .limit(most)
    )
    return list(session.scalars(query))


def never_read(consultation_id: uuid.UUID, run_id: uuid.UUID | None) -> set[uuid.UUID]:
    """By this run or since: they came later, or were not in the analysis when it began. A run without a frame
    suggests nothing and orders nothing, though it read all that was there: after one, those whose ids, which
    follow the time, are later."""
    had_frame = exists().where(ReadingOrder.run_id == run_id)
    ordered = exists().where(ReadingOrder.comment_id == Comment.id, ReadingOrder.run_id == run_id)
    suggested = exists().where(Suggestion.comment_id == Comment.id, Suggestion.run_id == run_id)
    query = select(Comment.id).where(
        Comment.consultation_id == consultation_id, Comment.is_current, untouched(), ~ordered, ~suggested,
        or_(had_frame, Comment.id > run_id),
    )  # fmt: skip
    return set(session.scalars(query))


def untouched() -> ColumnElement[bool]:
    """Nobody has coded the comment, ever, nor decided on a suggestion of it, nor given it an outcome. A part
    of a letter has what was dismissed for the letter, and no suggestion of its own before it is read."""
    coded = exists().where(Coding.comment_id == Comment.id)
    decided = exists().where(SuggestionDecision.comment_id == Comment.id) & exists().where(
        Suggestion.comment_id == Comment.id
    )
    outcome = exists().where(
        Disposition.comment_id == Comment.id, Disposition.value != DispositionValue.UNDECIDED
    )
    return ~coded & ~decided & ~outcome
