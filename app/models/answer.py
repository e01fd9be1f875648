import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import AnswerState, CommentSource
from app.models.question import Option, Question


class Answer(Versioned, Row):
    """What one version of a response says to one question, of one passage, or as a letter."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("response_version_id", "question_id"),
        UniqueConstraint("response_version_id", "passage_id"),
        CheckConstraint("question_id IS NULL OR passage_id IS NULL", name="one_subject"),
    )

    response_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response_version.id"))
    source: Mapped[CommentSource] = mapped_column(
        stored_by_value(CommentSource), default=CommentSource.QUESTION
    )
    question_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("question.id"), index=True)
    question_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("question_version.id"))
    passage_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("passage.id"), index=True)
    state: Mapped[AnswerState] = mapped_column(stored_by_value(AnswerState))
    text: Mapped[str | None]

    question: Mapped[Question | None] = relationship()
    choices: Mapped[list["AnswerChoice"]] = relationship(
        cascade="all, delete-orphan", back_populates="answer"
    )


class AnswerChoice(Row):
    __tablename__ = "answer_choice"
    __table_args__ = (UniqueConstraint("answer_id", "option_id"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    option_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("option.id"), index=True)
    text: Mapped[str | None]  # where the option opens a text field

    answer: Mapped[Answer] = relationship(back_populates="choices")
    option: Mapped[Option] = relationship()
