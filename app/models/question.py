import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, Row, stored_by_value
from app.enums import QuestionKind, QuestionPurpose
from app.models.document import Section

explanation = Table(
    "explains",
    Base.metadata,
    Column("text_question_id", ForeignKey("question.id"), primary_key=True),
    Column("closed_question_id", ForeignKey("question.id"), primary_key=True, index=True),
)


class Question(Row):
    """What stays the same about a question; its wording is in its versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    section_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("section.id"), index=True)
    key: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    purpose: Mapped[QuestionPurpose] = mapped_column(stored_by_value(QuestionPurpose))
    kind: Mapped[QuestionKind] = mapped_column(stored_by_value(QuestionKind))
    # The page of the reply it stands on: a section's key, a page of its own, "about-you" or "publication".
    part: Mapped[str]
    part_title: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    themed: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[bool] = mapped_column(default=False)
    enabled: Mapped[bool] = mapped_column(default=True)
    response_field: Mapped[str | None]
    current_version_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(
            "question_version.id", use_alter=True, name="fk_question_current_version_id_question_version"
        )
    )

    section: Mapped[Section | None] = relationship()
    wording: Mapped["QuestionVersion"] = relationship(foreign_keys=[current_version_id], post_update=True)
    options: Mapped[list["Option"]] = relationship(order_by="Option.position", back_populates="question")
    explains: Mapped[list["Question"]] = relationship(
        secondary=explanation,
        primaryjoin="Question.id == explains.c.text_question_id",
        secondaryjoin="Question.id == explains.c.closed_question_id",
        order_by="Question.position",
        back_populates="explained_by",
    )
    explained_by: Mapped[list["Question"]] = relationship(
        secondary=explanation,
        primaryjoin="Question.id == explains.c.closed_question_id",
        secondaryjoin="Question.id == explains.c.text_question_id",
        order_by="Question.position",
        back_populates="explains",
    )


class QuestionVersion(Row):
    """A wording. Locked when the consultation opens: after that a change is a new version."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int] = mapped_column(default=1)
    text: Mapped[str]
    text_for_organisations: Mapped[str | None]
    hint: Mapped[str | None]
    hint_for_organisations: Mapped[str | None]
    required: Mapped[bool] = mapped_column(default=False)
    needed_to_send: Mapped[bool] = mapped_column(default=False)
    max_choices: Mapped[int | None]
    lines: Mapped[str] = mapped_column(default="many")
    seen_by: Mapped[list[Any]] = mapped_column(default=list)  # respondent kinds
    condition: Mapped[dict[str, Any] | None]  # {"question": key, "answer": key}
    if_unanswered: Mapped[str | None]
    locked_at: Mapped[datetime | None]


class Option(Row):
    __tablename__ = "option"
    __table_args__ = (UniqueConstraint("question_id", "key"),)

    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("question.id"))
    key: Mapped[str]
    label: Mapped[str]
    label_for_individuals: Mapped[str | None]
    position: Mapped[int]
    scale_position: Mapped[int | None]  # from for (2) to against (-2); empty stands apart from the scale
    exclusive: Mapped[bool] = mapped_column(default=False)
    offered_to: Mapped[list[Any] | None]
    treat_as: Mapped[dict[str, Any] | None]
    opens_text: Mapped[str | None]
    note: Mapped[dict[str, Any] | None]  # what else the data says of it, such as the council of an area

    question: Mapped[Question] = relationship(back_populates="options")
