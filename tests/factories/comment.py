from typing import Any

from sqlalchemy import func, select

from app.database import session
from app.models import Comment, Response


def a_comment(response: Response, text: str = "The last bus leaves at six.", **given: Any) -> Comment:
    """The next comment of a sent response."""
    made = session.scalar(select(func.count()).where(Comment.response_id == response.id)) or 0
    columns: dict[str, Any] = {
        "consultation_id": response.consultation_id,
        "response_id": response.id,
        "number": made + 1,
        "first_version_id": response.current_version_id,
        "text": text,
        "redacted_text": text,
        "word_count": len(text.split()),
    }
    comment = Comment(**{**columns, **given})
    session.add(comment)
    session.flush()
    return comment
