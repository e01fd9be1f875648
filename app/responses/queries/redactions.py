import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.database import session
from app.models import Redaction


def standing_redactions(comment_ids: Iterable[uuid.UUID]) -> list[Redaction]:
    """Decided and proposed ones, in the order of the text."""
    wanted = list(comment_ids)
    if not wanted:
        return []
    query = select(Redaction).where(Redaction.comment_id.in_(wanted), Redaction.reversed_at.is_(None))
    return list(session.scalars(query.order_by(Redaction.start, Redaction.id)))
