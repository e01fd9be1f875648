"""One comment with words of abuse or of a need for help."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.counting.cleaning import SAFETY, readable_comments
from app.counting.flags import SAFEGUARDING
from app.database import session
from app.models import Comment, Flag, Officer


@dataclass(frozen=True, kw_only=True)
class SafetyFlag:
    code: str
    settled_at: datetime | None
    officer: str | None
    note: str


@dataclass(frozen=True, kw_only=True)
class CommentOfConcern:
    id: uuid.UUID
    reference: str
    sent_at: datetime | None
    text: str
    flags: tuple[SafetyFlag, ...]

    @property
    def waits(self) -> bool:
        return any(flag.settled_at is None for flag in self.flags)

    @property
    def urgent(self) -> bool:
        return (SAFEGUARDING, True) in self.codes

    @property
    def codes(self) -> list[tuple[str, bool]]:
        """(code, whether it waits): two sources can have raised the same."""
        waiting = {flag.code for flag in self.flags if flag.settled_at is None}
        return [(code, code in waiting) for code in sorted({flag.code for flag in self.flags})]


def comment_of_concern(
    consultation_id: uuid.UUID, comment_id: uuid.UUID, *, original: bool
) -> CommentOfConcern | None:
    """None for one that was never flagged."""
    chosen = readable_comments(consultation_id).where(Comment.id == comment_id)
    comment = session.scalars(chosen.with_only_columns(Comment)).one_or_none()
    query = (
        select(Flag, Officer.name)
        .outerjoin(Officer, Officer.id == Flag.settled_by_id)
        .where(Flag.comment_id == comment_id, Flag.code.in_(SAFETY))
        .order_by(Flag.code, Flag.source)
    )
    flags = tuple(
        SafetyFlag(code=row.code, settled_at=row.settled_at, officer=officer, note=row.settled_note)
        for row, officer in session.execute(query)
    )
    if comment is None or not flags:
        return None
    return CommentOfConcern(
        id=comment.id,
        reference=comment.response.reference,
        sent_at=comment.response.sent_at,
        text=comment.text if original else comment.redacted_text,
        flags=flags,
    )
