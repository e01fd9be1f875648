from datetime import date
from itertools import count
from typing import Any

from app.database import session
from app.enums import RequestKind
from app.models import RespondentRequest, Response
from tests.factories.response import SENT_AT

_numbers = count(1)


def a_request(response: Response, **given: Any) -> RespondentRequest:
    """To correct something, due on 10 July 2026."""
    columns: dict[str, Any] = {
        "kind": RequestKind.CORRECT,
        "case_number": f"CASE-{next(_numbers):06}",
        "text": "My area is wrong.",
        "asked_at": SENT_AT,
        "due_on": date(2026, 7, 10),
    }
    row = RespondentRequest(
        consultation_id=response.consultation_id, response_id=response.id, **{**columns, **given}
    )
    session.add(row)
    session.flush()
    return row
