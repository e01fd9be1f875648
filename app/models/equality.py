import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class EqualityAnswer(Row):
    """Kept apart: the response is known only so that its sender can delete these alone."""

    __tablename__ = "equality_answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("question.id"), index=True)
    option_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("option.id"))
    text: Mapped[str | None]
