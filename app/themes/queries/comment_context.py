"""What the same response says beside one comment: its other comments, and choices that the text explains."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.database import session
from app.models import (
    Answer,
    AnswerChoice,
    Comment,
    Question,
)
from app.responses.queries.choices import title_of


@dataclass(frozen=True)
class OtherComment:
    id: uuid.UUID
    number: int
    title: str
    text: str


@dataclass(frozen=True)
class ClosedAnswer:
    wording: str
    chosen: tuple[str, ...]


def other_comments(comment: Comment) -> tuple[OtherComment, ...]:
    query = (
        select(Comment)
        .where(Comment.response_id == comment.response_id, Comment.is_current, Comment.id != comment.id)
        .options(
            joinedload(Comment.question).joinedload(Question.wording),
            joinedload(Comment.question).joinedload(Question.section),
        )
        .order_by(Comment.number)
    )
    found = session.scalars(query).all()
    passages = passages_shown(comment.consultation_id, [one.passage_id for one in found])
    return tuple(OtherComment(one.id, one.number, _title(one, passages), one.redacted_text) for one in found)


def _title(comment: Comment, passages: dict[uuid.UUID, PassageShown]) -> str:
    if comment.passage_id:
        return passages[comment.passage_id].title
    return title_of(comment.question) if comment.question else "General"


def closed_answers(comment: Comment) -> tuple[ClosedAnswer, ...]:
    """What the response answers to the closed questions that this text explains."""
    if comment.question is None:
        return ()
    asked = comment.question.explains
    query = (
        select(Answer)
        .where(
            Answer.response_version_id == comment.response.current_version_id,
            Answer.question_id.in_([question.id for question in asked]),
        )
        .options(selectinload(Answer.choices).joinedload(AnswerChoice.option))
    )
    given = {answer.question_id: answer for answer in session.scalars(query)}
    return tuple(
        ClosedAnswer(
            question.wording.text,
            tuple(choice.option.label for choice in given[question.id].choices)
            if question.id in given
            else (),
        )
        for question in asked
    )
