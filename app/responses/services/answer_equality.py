"""One equality answer. No row of the audit log says that it was given: decision 0130."""

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select

from app.consultations.queries.equality import EqualityQuestion, that_apply
from app.database import session
from app.enums import ResponseStatus, Stage
from app.models import Consultation, EqualityAnswer
from app.responses.queries.equality import equality_given
from app.responses.refusals import NotOpen
from app.responses.services.lock import hold

TAKES_ANSWERS = (Stage.TESTING, Stage.OPEN, Stage.CLOSED)


def answer_equality(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    questions: Sequence[EqualityQuestion],
    question: EqualityQuestion,
    option: str,
    text: str,
) -> None:
    """Answers to questions that no longer apply after this one go. Raises NotOpen."""
    if hold(response_id).status is not ResponseStatus.SENT or consultation.stage not in TAKES_ANSWERS:
        raise NotOpen
    chosen = next(one for one in question.options if one.key == option)
    row = session.scalar(
        select(EqualityAnswer).where(
            EqualityAnswer.response_id == response_id, EqualityAnswer.question_id == question.id
        )
    )
    if row is None:
        row = EqualityAnswer(response_id=response_id, question_id=question.id)
        session.add(row)
    row.option_id, row.text = chosen.id, (text or None) if chosen.opens_text else None
    session.flush()
    given = {key: answer.option for key, answer in equality_given(response_id).items()}
    kept = [one.id for one in that_apply(questions, given)]
    session.execute(
        delete(EqualityAnswer).where(
            EqualityAnswer.response_id == response_id, EqualityAnswer.question_id.not_in(kept)
        )
    )
