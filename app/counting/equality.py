"""How the equality questions were answered. To be shown only with small numbers hidden, and never by area."""

import uuid

from sqlalchemy import func

from app.counting.standing import Standing, responses_that_stand
from app.database import session
from app.enums import RespondentKind
from app.models import EqualityAnswer, Response


def equality_counts(consultation_id: uuid.UUID, kind: RespondentKind) -> dict[uuid.UUID, int]:
    """Responses in the analysis, by the option chosen. An option nobody chose is not there."""
    query = (
        responses_that_stand(consultation_id, Standing.INCLUDED)
        .join(EqualityAnswer, EqualityAnswer.response_id == Response.id)
        .where(Response.kind == kind)
        .with_only_columns(EqualityAnswer.option_id, func.count())
        .group_by(EqualityAnswer.option_id)
    )
    return {option_id: count for option_id, count in session.execute(query)}
