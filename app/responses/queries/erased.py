import uuid

from sqlalchemy import select

from app.database import session
from app.models import Comment


def erased_comments(consultation_id: uuid.UUID) -> set[uuid.UUID]:
    """Their rows stay, empty."""
    query = select(Comment.id).where(Comment.consultation_id == consultation_id, Comment.text == "")
    return set(session.scalars(query))
