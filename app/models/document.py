import uuid
from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, stored_by_value
from app.enums import PassageRole


class DocumentVersion(Row):
    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("consultation_id", "label"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    position: Mapped[int]
    label: Mapped[str]
    title: Mapped[str]
    dated: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(default="")
    banner: Mapped[str] = mapped_column(default="")

    passages: Mapped[list["Passage"]] = relationship(order_by="Passage.position", back_populates="document")


class Section(Row):
    """A part of the document. It stays the same row while the passages under it get new versions."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    key: Mapped[str]
    number: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]
    nets: Mapped[list[Any]] = mapped_column(default=list)  # labels of the nets of the coding frame


class Passage(Row):
    """A short numbered paragraph; `key` is stable over versions of the document."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("document_version_id", "key"),)

    document_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document_version.id"))
    section_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("section.id"), index=True)
    key: Mapped[str]
    number: Mapped[str]
    position: Mapped[int]
    role: Mapped[PassageRole] = mapped_column(stored_by_value(PassageRole))
    text: Mapped[str]

    document: Mapped[DocumentVersion] = relationship(back_populates="passages")
    section: Mapped[Section] = relationship()
