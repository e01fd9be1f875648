"""A stamp of a consultation's questions, so that what is made of them can be kept between requests."""

import uuid
from typing import Any

from sqlalchemy import func, select

from app.database import session
from app.models import Option, Question, QuestionVersion, Section, Translation

Stamp = tuple[Any, ...]


def questions_stamp(consultation_id: uuid.UUID) -> Stamp:
    """One statement. Another value after a question, wording, option or section came, changed or went."""
    its = Question.consultation_id == consultation_id
    questions = select(func.count(), func.max(Question.updated_at)).where(its)
    wordings = select(func.count(), func.max(QuestionVersion.updated_at)).join(
        Question, Question.id == QuestionVersion.question_id
    )
    options = select(func.count(), func.max(Option.updated_at)).join(
        Question, Question.id == Option.question_id
    )
    sections = select(func.count(), func.max(Section.updated_at)).where(
        Section.consultation_id == consultation_id
    )
    parts = questions.union_all(wordings.where(its), options.where(its), sections)
    return tuple(tuple(row) for row in session.execute(parts))


def translations_stamp(consultation_id: uuid.UUID) -> Stamp:
    """One statement. Another value after a translated text came, changed or went."""
    found = select(func.count(), func.max(Translation.updated_at)).where(
        Translation.consultation_id == consultation_id
    )
    return tuple(session.execute(found).one())
