import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class CodingImport(Row):
    """A file of codings that an officer uploaded: read and reported on, and applied as one batch or not.

    `rows` are its lines, of the words of a comment the quotes alone: [line, comment, theme, stance, [quote,
    ...]]. They go once it is applied, and when any response is erased.
    """

    __tablename__ = "coding_import"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[list[Any]]
    notes: Mapped[list[Any]] = mapped_column(default=list)  # what was odd about the file, in sentences
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # once it is applied
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding_batch.id"))
