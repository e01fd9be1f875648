import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import FrameOperationKind


class Theme(Versioned, Row):
    """A row of the coding frame. A net is a theme that only holds others."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("consultation_id", "code"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    is_net: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str]
    label: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    include: Mapped[str] = mapped_column(default="")
    exclude: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    support_means: Mapped[str] = mapped_column(default="")
    typical_stance: Mapped[str] = mapped_column(default="")
    cue_words: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    # A merge is a pointer that reading resolves, so it moves no coding and its undo loses none.
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    retired_at: Mapped[datetime | None]

    parent: Mapped["Theme | None"] = relationship(foreign_keys=[parent_id], remote_side="Theme.id")


class FrameOperation(Row):
    __tablename__ = "frame_operation"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    kind: Mapped[FrameOperationKind] = mapped_column(stored_by_value(FrameOperationKind))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("frame_operation.id"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    items: Mapped[list["FrameOperationItem"]] = relationship(back_populates="operation")


class FrameOperationItem(Row):
    """What an operation did to one theme or one coding: enough to undo it."""

    __tablename__ = "frame_operation_item"

    operation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("frame_operation.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"), index=True)
    coding_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding.id"))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]

    operation: Mapped[FrameOperation] = relationship(back_populates="items")


class FrameVersion(Row):
    __tablename__ = "frame_version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class FrameSilence(Row):
    """A warning of the frame that an officer called deliberate; lifted, it warns again.

    `key`: the kind of warning and the themes it is about.
    """

    __tablename__ = "frame_silence"
    __table_args__ = (
        Index(
            "uq_frame_silence_consultation_id_key_standing",
            "consultation_id",
            "key",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    key: Mapped[str]
    reason: Mapped[str]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
