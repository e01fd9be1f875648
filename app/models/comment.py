import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, stored_by_value
from app.enums import CommentSource
from app.models.document import Passage
from app.models.question import Question
from app.models.response import Response


class Comment(Row):
    """The unit of coding: one free text of one response. Made when the response is sent.

    A later version with the same text keeps the row and so its codings; a changed text gets a new row
    and the old one is no longer current.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("response_id", "number"),
        Index(
            "ix_comment_consultation_id_is_current_question_id",
            "consultation_id",
            "is_current",
            "question_id",
        ),
        Index(
            "ix_comment_consultation_id_is_current_id_response_id",
            "consultation_id",
            "is_current",
            "id",
            "response_id",
        ),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    number: Mapped[int]
    first_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response_version.id"))
    source: Mapped[CommentSource] = mapped_column(
        stored_by_value(CommentSource), default=CommentSource.QUESTION
    )
    question_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("question.id"), index=True)
    passage_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("passage.id"), index=True)
    letter_start: Mapped[int | None]  # offsets in code points of the letter it is a part of
    letter_end: Mapped[int | None]
    text: Mapped[str]
    # What everyone without the right to the original reads; the same as `text` while nothing is redacted.
    redacted_text: Mapped[str]
    # [[start, end, label], ...] of `text`: what of it is hidden, in order and without overlap
    hidden: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    language: Mapped[str] = mapped_column(default="en")
    translation: Mapped[str | None]
    word_count: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comment.id"))

    response: Mapped[Response] = relationship()
    question: Mapped[Question | None] = relationship()
    passage: Mapped[Passage | None] = relationship()


class Attachment(Row):
    __tablename__ = "attachment"

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    path: Mapped[str]
