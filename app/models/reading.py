import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class Reading(Row):
    """Who read a comment whole, and when; and who has it open now (`reserved_until`)."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("comment_id", "officer_id"),
        Index("ix_reading_reserved_until", "reserved_until"),
    )

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    read_at: Mapped[datetime | None]
    reserved_until: Mapped[datetime | None]


class Discussion(Row):
    """A note for colleagues on a comment; the respondent may ask to see it."""

    __tablename__ = "discussion"

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[str]
    flagged: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]


class CheckSample(Row):
    """Comments drawn for blind second coding. Its codings are a layer of their own and never count."""

    __tablename__ = "check_sample"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    layer: Mapped[str] = mapped_column(unique=True)
    second_coder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    drawn_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    interval: Mapped[int]
    seed: Mapped[int]
    comment_ids: Mapped[list[Any]]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]


class SignOff(Row):
    __tablename__ = "sign_off"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    frame_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("frame_version.id"))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reopened_reason: Mapped[str] = mapped_column(default="")
