"""What a respondent said to the equality questions: read for their own pages, and for nobody else's."""

import uuid
from dataclasses import dataclass

from sqlalchemy import exists, select

from app.database import session
from app.models import EqualityAnswer, Option, Question


@dataclass(frozen=True)
class GivenEquality:
    option: str
    text: str


def equality_given(response_id: uuid.UUID) -> dict[str, GivenEquality]:
    """By the question's key."""
    found = session.execute(
        select(Question.key, Option.key, EqualityAnswer.text)
        .join(EqualityAnswer, EqualityAnswer.question_id == Question.id)
        .join(Option, Option.id == EqualityAnswer.option_id)
        .where(EqualityAnswer.response_id == response_id)
    )
    return {key: GivenEquality(option, text or "") for key, option, text in found}


def has_given_equality(response_id: uuid.UUID) -> bool:
    return bool(session.scalar(select(exists().where(EqualityAnswer.response_id == response_id))))
