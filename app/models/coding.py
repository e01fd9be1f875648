import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import BatchKind, CodingSource, DispositionValue, Stance
from app.models.comment import Comment
from app.models.frame import Theme
from app.models.officer import Officer

MAIN_LAYER = "main"


class CodingBatch(Row):
    """One officer's decision over many comments at once, so that it can be undone as one."""

    __tablename__ = "coding_batch"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    kind: Mapped[BatchKind] = mapped_column(stored_by_value(BatchKind))
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    criteria: Mapped[dict[str, Any]] = mapped_column(default=dict)
    size: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class Coding(Row):
    """An officer's decision: this comment, this theme, this stance. Never written by a run."""

    __tablename__ = "coding"
    __table_args__ = (
        Index(
            "uq_coding_comment_id_theme_id_stance_layer_standing",
            "comment_id",
            "theme_id",
            "stance",
            "layer",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "ix_coding_comment_id_standing",
            "comment_id",
            "theme_id",
            "layer",
            "stance",
            "source",
            "removed_at",  # SQLite reads the row for it otherwise, though it is always NULL here
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "ix_coding_theme_id_standing",
            "theme_id",
            "comment_id",
            "layer",
            "stance",
            "source",
            "read_again_at",
            "removed_at",
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_coding_theme_id_removed_at", "theme_id", "removed_at"),
        Index("ix_coding_officer_id", "officer_id"),
        Index(
            "ix_coding_read_again_at",
            "read_again_at",
            sqlite_where=text("read_again_at IS NOT NULL"),
            postgresql_where=text("read_again_at IS NOT NULL"),
        ),
    )

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"))
    stance: Mapped[Stance] = mapped_column(stored_by_value(Stance))
    layer: Mapped[str] = mapped_column(default=MAIN_LAYER)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    source: Mapped[CodingSource] = mapped_column(stored_by_value(CodingSource), default=CodingSource.SINGLE)
    suggestion_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("suggestion.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding_batch.id"), index=True)
    campaign_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("campaign.id"))
    read_again_at: Mapped[
        datetime | None
    ]  # a lead asked for the comment to be read again; met by a later reading
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    removed_in_batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding_batch.id"))

    comment: Mapped[Comment] = relationship()
    theme: Mapped[Theme] = relationship()
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
    quotes: Mapped[list["CodingQuote"]] = relationship(order_by="CodingQuote.start", back_populates="coding")


class CodingQuote(Row):
    __tablename__ = "coding_quote"
    __table_args__ = (UniqueConstraint("coding_id", "start", "end"),)

    coding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coding.id"))
    start: Mapped[int]
    end: Mapped[int]

    coding: Mapped[Coding] = relationship(back_populates="quotes")


class Disposition(Versioned, Row):
    """What became of a comment. No row: undecided."""

    __tablename__ = "disposition"
    __table_args__ = (
        UniqueConstraint("comment_id", "layer"),
        Index("ix_disposition_layer_value", "layer", "value"),
        Index("ix_disposition_comment_id_layer_value", "comment_id", "layer", "value"),
        Index("ix_disposition_officer_id", "officer_id"),
    )

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))
    layer: Mapped[str] = mapped_column(default=MAIN_LAYER)
    value: Mapped[DispositionValue] = mapped_column(stored_by_value(DispositionValue))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    refers_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comment.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding_batch.id"), index=True)
