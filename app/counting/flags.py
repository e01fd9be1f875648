"""Comments with a handling code that nobody has settled yet."""

import uuid

from sqlalchemy import ColumnElement, Select, func, select

from app.counting.behind import comments_behind
from app.database import session
from app.models import Comment, Flag

NO_SUBSTANCE, PERSONAL_DATA, ABUSE, SAFEGUARDING = "ZZ01", "ZZ09", "ZZ10", "ZZ11"


def has_standing_flag(*codes: str) -> ColumnElement[bool]:
    """Any of these. A condition on Comment; not "exists", as SQLite would ask it of every comment."""
    return Comment.id.in_(select(Flag.comment_id).where(Flag.code.in_(codes), Flag.settled_at.is_(None)))


def flagged_comments_behind(consultation_id: uuid.UUID, code: str) -> Select[uuid.UUID]:
    return comments_behind(consultation_id).where(has_standing_flag(code))


def count_flagged(consultation_id: uuid.UUID, code: str) -> int:
    behind = flagged_comments_behind(consultation_id, code).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0
