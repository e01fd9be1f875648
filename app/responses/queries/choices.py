"""The words for the keys that responses carry, and what their lists can be narrowed to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select

from app.consultations.queries.questions import questions_of
from app.database import session
from app.enums import QuestionKind, QuestionPurpose
from app.models import Campaign, Comment, Disposition, Officer, Option, Question, RoleGrant
from app.responses.facts import AREA, ORGANISATION_TYPE

Choices = tuple[tuple[str, str], ...]  # (key, words)


@dataclass(frozen=True)
class Words:
    """For the area and the type of a response."""

    areas: dict[str, str]
    types: dict[str, str]

    def area(self, key: str | None) -> str:
        return self.areas.get(key, key) if key else "Not given"

    def type(self, key: str | None) -> str:
        return self.types.get(key, key) if key else "Not given"


@dataclass(frozen=True)
class QuestionChoices:
    """Questions that take comments, and closed answers as `question:option`."""

    questions: Choices
    options: tuple[tuple[str, Choices], ...]  # (question's words, its options)
    by_id: dict[uuid.UUID, str]

    def words_of(self, chosen: str) -> str:
        return next((words for _, group in self.options for key, words in group if key == chosen), chosen)


def words(consultation_id: uuid.UUID) -> Words:
    query = (
        select(Question.key, Option.key, Option.label)
        .join(Option, Option.question_id == Question.id)
        .where(Question.consultation_id == consultation_id, Question.key.in_((AREA, ORGANISATION_TYPE)))
        .order_by(Option.position)
    )
    found: dict[str, dict[str, str]] = {AREA: {}, ORGANISATION_TYPE: {}}
    for question, key, label in session.execute(query):
        found[question][key] = label
    return Words(found[AREA], found[ORGANISATION_TYPE])


def question_choices(consultation_id: uuid.UUID) -> QuestionChoices:
    asked = questions_of(consultation_id, purposes=(QuestionPurpose.BID,))
    return QuestionChoices(
        questions=tuple(
            (question.key, title_of(question)) for question in asked if question.kind is QuestionKind.TEXT
        ),
        options=tuple(_options(question for question in asked if question.kind is not QuestionKind.TEXT)),
        by_id={question.id: title_of(question) for question in asked},
    )


def campaigns(consultation_id: uuid.UUID) -> dict[str, str]:
    """Names, by the id as addresses carry it."""
    query = select(Campaign.id, Campaign.name).where(Campaign.consultation_id == consultation_id)
    return {str(key): name for key, name in session.execute(query.order_by(Campaign.name, Campaign.id))}


def coders(consultation_id: uuid.UUID) -> dict[str, str]:
    """Those who may have decided about a comment here: the officers of the consultation, and the example."""
    granted = exists().where(RoleGrant.officer_id == Officer.id, RoleGrant.consultation_id == consultation_id)
    query = select(Officer.id, Officer.name).where(or_(granted, _decided_here(consultation_id)))
    return {str(key): name for key, name in session.execute(query.order_by(Officer.name, Officer.id))}


def _decided_here(consultation_id: uuid.UUID) -> ColumnElement[bool]:
    return exists().where(
        Disposition.officer_id == Officer.id,
        Disposition.comment_id == Comment.id,
        Comment.consultation_id == consultation_id,
    )


def title_of(question: Question) -> str:
    """Short enough for a list: its number and the part it stands in, or its wording."""
    part = question.section.title if question.section else question.part_title
    return " ".join(filter(None, (question.number, part or question.wording.text)))


def _options(closed: Iterable[Question]) -> Iterable[tuple[str, Choices]]:
    for question in closed:
        title = title_of(question)
        yield (
            f"{title}: {question.wording.text}",
            tuple((f"{question.key}:{option.key}", option.label) for option in question.options),
        )
