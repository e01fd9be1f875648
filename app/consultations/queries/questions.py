import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.database import session
from app.enums import QuestionPurpose, RespondentKind
from app.models import Question


def questions_of(
    consultation_id: uuid.UUID, *, purposes: tuple[QuestionPurpose, ...] = tuple(QuestionPurpose)
) -> list[Question]:
    """The enabled questions in the order asked, with wording, options and what they explain: four queries."""
    found = session.scalars(
        select(Question)
        .where(
            Question.consultation_id == consultation_id,
            Question.purpose.in_(purposes),
            Question.enabled,
        )
        .order_by(Question.position)
        .options(
            joinedload(Question.wording),
            joinedload(Question.section),
            selectinload(Question.options),
            selectinload(Question.explains),
        )
    )
    return list(found)


def seen_by(question: Question, kind: RespondentKind) -> bool:
    return kind in question.wording.seen_by
