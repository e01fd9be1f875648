import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class LetterDivision(Row):
    """What an officer made of a letter: parts for the questions, or `whole`, that it stays one comment.

    While it stands, a divided letter is not current and its parts are; undone, it is the other way round.
    """

    __tablename__ = "letter_division"
    __table_args__ = (
        Index(
            "uq_letter_division_comment_id_standing",
            "comment_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))  # the letter
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    whole: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    undone_note: Mapped[str] = mapped_column(default="")


class LetterPart(Row):
    """Which places of the letter one of its comments is made of."""

    __tablename__ = "letter_part"

    division_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("letter_division.id"), index=True)
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), unique=True)
    # [[start, end], ...] in code points of the letter, in order; the comment's text is these, a blank line
    # between each two
    spans: Mapped[list[Any]] = mapped_column(default=list)
