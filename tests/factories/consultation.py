from datetime import UTC, datetime
from typing import Any

from app.database import session
from app.enums import Stage
from app.models import Consultation


def a_consultation(**given: Any) -> Consultation:
    """Open from 1 to 30 June 2026 at 11:59pm, UK time; the tests' clock stands at 15 June."""
    columns: dict[str, Any] = {
        "slug": "a-bid",
        "title": "A draft bid",
        "stage": Stage.OPEN,
        "opens_at": datetime(2026, 5, 31, 23, 0, tzinfo=UTC),
        "closes_at": datetime(2026, 6, 30, 22, 59, tzinfo=UTC),
        "reference_prefix": "AB",
    }
    consultation = Consultation(**{**columns, **given})
    session.add(consultation)
    session.flush()
    return consultation
