from datetime import UTC, datetime
from itertools import count
from typing import Any

from app.database import session
from app.enums import RespondentKind, ResponseStatus
from app.models import Consultation, Response, ResponseVersion

_numbers = count(1)
SENT_AT = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)


def a_response(consultation: Consultation, **given: Any) -> Response:
    """An individual's, sent on 10 June 2026, with its one version; a draft has a working version."""
    draft = given.get("status") is ResponseStatus.DRAFT
    columns: dict[str, Any] = {
        "consultation_id": consultation.id,
        "reference": f"AB-{next(_numbers):06}",
        "status": ResponseStatus.SENT,
        "kind": RespondentKind.INDIVIDUAL,
        "started_at": SENT_AT,
        "sent_at": None if draft else SENT_AT,
    }
    response = Response(**{**columns, **given})
    session.add(response)
    session.flush()
    version = ResponseVersion(response_id=response.id, sent_at=response.sent_at)
    session.add(version)
    session.flush()
    response.current_version_id = version.id
    session.flush()
    return response
