"""A stamp of a consultation's questions, so that what is made of them can be kept between requests."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, select

from app.database import session
from app.models import Option, Question, QuestionVersion, Section, Translation

Stamp = tuple[Any, ...]


def questions_stamp(consultation_id: uuid.UUID) -> Stamp:
    """One statement. Another value after a question, wording, option or section came, changed or went."""
    return tuple(tuple(row) for row in session.execute(_STATEMENT, {"consultation": consultation_id}))


def _statement() -> CompoundSelect[int, datetime]:
    here = bindparam("consultation", type_=Question.consultation_id.type)
    its = Question.consultation_id == here
    questions = select(func.count(), func.max(Question.updated_at)).where(its)
    wordings = select(func.count(), func.max(QuestionVersion.updated_at)).join(
        Question, Question.id == QuestionVersion.question_id
    )
    options = select(func.count(), func.max(Option.updated_at)).join(
        Question, Question.id == Option.question_id
    )
    sections = select(func.count(), func.max(Section.updated_at)).where(Section.consultation_id == here)
    return questions.union_all(wordings.where(its), options.where(its), sections)


_STATEMENT = _statement()  # made once: every page of a reply asks, and making it took longer than running it


def translations_stamp(consultation_id: uuid.UUID) -> Stamp:
    """One statement. Another value after a translated text came, changed or went."""
    found = select(func.count(), func.max(Translation.updated_at)).where(
        Translation.consultation_id == consultation_id
    )
    return tuple(session.execute(found).one())
