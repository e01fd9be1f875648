import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class ThemeSorting(Row):
    """A split of a theme that is under way. It decides nothing; it goes when the split is finished."""

    __tablename__ = "theme_sorting"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"), unique=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))  # who sorted last
    parts: Mapped[list[Any]] = mapped_column(default=list)  # [[label, words], ...]


class SortedCoding(Row):
    """Which of the new themes a coding is to go to; to none: it stays."""

    __tablename__ = "sorted_coding"
    __table_args__ = (UniqueConstraint("sorting_id", "coding_id"),)

    sorting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme_sorting.id"))
    coding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coding.id"), index=True)
    parts: Mapped[list[Any]] = mapped_column(default=list)
