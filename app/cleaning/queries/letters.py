"""A letter as the page shows it on which it is divided to the questions, and what was made of it."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from app.consultations.queries.questions import questions_of
from app.database import session
from app.enums import Channel, CommentSource, QuestionPurpose, ResponseStatus
from app.models import Comment, LetterDivision, LetterPart, Officer, Question, Response
from app.responses.hidden import Span, to_stored
from app.responses.queries.choices import title_of

MOST_POINTS = 150  # on one page: of a longer letter several sentences are one
GENERAL = "General"


@dataclass(frozen=True)
class PointShown:
    """`start` is its place in the letter as it was sent."""

    number: int
    start: int
    text: str


@dataclass(frozen=True)
class PartShown:
    id: uuid.UUID
    number: int
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DivisionShown:
    whole: bool
    officer: str
    at: datetime
    note: str
    undone_by: str | None
    undone_at: datetime | None
    undone_note: str
    parts: tuple[PartShown, ...]


@dataclass(frozen=True, kw_only=True)
class LetterShown:
    """`division` stands; `earlier` are those that were taken back, without their parts."""

    id: uuid.UUID
    number: int
    reference: str
    sent_at: datetime | None
    title: str
    points: tuple[PointShown, ...]
    division: DivisionShown | None
    earlier: tuple[DivisionShown, ...]


def letter_shown(
    consultation_id: uuid.UUID,
    comment_id: uuid.UUID,
    *,
    original: bool,
    cut: Callable[[str], Sequence[Span]],
) -> LetterShown | None:
    """`cut` makes points of a text. Points are cut in what everyone reads, so that all officers see the same
    ones; `original`: with the words as they were sent. None for what is not a letter, or is gone."""
    found = session.execute(
        select(Comment, Response)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.id == comment_id,
            Comment.consultation_id == consultation_id,
            Response.status == ResponseStatus.SENT,
            may_be_divided(),
        )
    ).one_or_none()
    if found is None:
        return None
    comment, response = found
    standing, earlier = _divisions(comment_id)
    if standing is None and not comment.is_current:
        return None
    return LetterShown(
        id=comment.id,
        number=comment.number,
        reference=response.reference,
        sent_at=response.sent_at,
        title=title_of(comment.question) if comment.question else GENERAL,
        points=tuple(_points(comment, cut(comment.redacted_text), original=original)),
        division=standing,
        earlier=earlier,
    )


def may_be_divided() -> ColumnElement[bool]:
    """Of a select of Comment and Response: what came as a letter, or in another way than on the form."""
    came_otherwise = (Response.channel != Channel.ONLINE) & (Comment.source == CommentSource.QUESTION)
    a_part = select(LetterPart.id).where(LetterPart.comment_id == Comment.id).exists()
    return or_(Comment.source == CommentSource.LETTER, came_otherwise) & ~a_part


def letter_of(comment_id: uuid.UUID) -> Select[uuid.UUID]:
    """The id of the letter that the comment is a part of, if it is one."""
    return (
        select(LetterDivision.comment_id)
        .join(LetterPart, LetterPart.division_id == LetterDivision.id)
        .where(LetterPart.comment_id == comment_id)
    )


def _points(comment: Comment, spans: Sequence[Span], *, original: bool) -> Iterable[PointShown]:
    several = -(-len(spans) // MOST_POINTS) or 1
    joined = [
        (some[0][0], some[-1][1])
        for at in range(0, len(spans), several)
        if (some := spans[at : at + several])
    ]
    starts = [to_stored(comment.hidden, first, first)[0] for first, _ in joined]
    ends = [*starts[1:], len(comment.text)]
    for number, ((first, last), start, end) in enumerate(zip(joined, starts, ends, strict=True), 1):
        text = comment.text[start:end] if original else comment.redacted_text[first:last]
        yield PointShown(number, start, text.strip())


def _divisions(comment_id: uuid.UUID) -> tuple[DivisionShown | None, tuple[DivisionShown, ...]]:
    rows = session.scalars(
        select(LetterDivision).where(LetterDivision.comment_id == comment_id).order_by(LetterDivision.id)
    ).all()
    ids = {key for row in rows for key in (row.officer_id, row.undone_by_id) if key}
    names = {
        key: name
        for key, name in session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(ids)))
    }
    shown = [_shown(row, names) for row in rows]
    standing = [one for one in shown if one.undone_at is None]
    return (standing[0] if standing else None), tuple(one for one in shown if one.undone_at is not None)


def _shown(row: LetterDivision, names: dict[uuid.UUID, str]) -> DivisionShown:
    return DivisionShown(
        whole=row.whole,
        officer=names[row.officer_id],
        at=row.created_at,
        note=row.note,
        undone_by=names[row.undone_by_id] if row.undone_by_id else None,
        undone_at=row.undone_at,
        undone_note=row.undone_note,
        parts=() if row.undone_at or row.whole else _parts(row.id),
    )


def _parts(division_id: uuid.UUID) -> tuple[PartShown, ...]:
    query = (
        select(Comment, Question)
        .join(LetterPart, LetterPart.comment_id == Comment.id)
        .outerjoin(Question, Question.id == Comment.question_id)
        .where(LetterPart.division_id == division_id)
        .order_by(Comment.number)
    )
    return tuple(
        PartShown(one.id, one.number, title_of(question) if question else GENERAL, one.redacted_text)
        for one, question in session.execute(query)
    )


@dataclass(frozen=True)
class QuestionToChoose:
    id: uuid.UUID
    key: str
    title: str
    section: str  # empty for a question of no section


def questions_to_choose(consultation_id: uuid.UUID) -> list[QuestionToChoose]:
    """Those that are answered in words, in the order asked."""
    asked = questions_of(consultation_id, purposes=(QuestionPurpose.BID,))
    return [
        QuestionToChoose(one.id, one.key, title_of(one), one.section.title if one.section else "")
        for one in asked
        if one.themed
    ]
