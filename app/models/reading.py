import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row, stored_by_value
from app.enums import ProposalFate


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
    skipped_at: Mapped[datetime | None]  # "leave undecided": not offered to this officer again for now
    draft: Mapped[dict[str, Any] | None]  # ticks that were not saved; they decide nothing


class ReadingSave(Row):
    """One press of "Save and next": what it changed, so that it can be undone as one."""

    __tablename__ = "reading_save"
    __table_args__ = (Index("ix_reading_save_consultation_id_officer_id", "consultation_id", "officer_id"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    themes: Mapped[int] = mapped_column(default=0)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class ReadingOrder(Row):
    """In which order comments are most useful to read, made with each run from its suggestions."""

    __tablename__ = "reading_order"
    __table_args__ = (
        UniqueConstraint("run_id", "comment_id"),
        Index("ix_reading_order_run_id_position", "run_id", "position"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theming_run.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    position: Mapped[int]


class ThemeIdea(Row):
    """A point that the frame lacks, named by the officer who read it; a lead decides what becomes of it."""

    __tablename__ = "theme_idea"
    __table_args__ = (Index("ix_theme_idea_consultation_id_fate", "consultation_id", "fate"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    label: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    fate: Mapped[ProposalFate] = mapped_column(stored_by_value(ProposalFate), default=ProposalFate.OPEN)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"))  # what it became or went into
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[str] = mapped_column(default="")


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


class CheckSettlement(Row):
    """What an officer made of one comment that the two coders of a sample decided differently."""

    __tablename__ = "check_settlement"
    __table_args__ = (UniqueConstraint("sample_id", "comment_id"),)

    sample_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("check_sample.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    choice: Mapped[str]  # first, second, both or neither
    reason: Mapped[str]


class SignOff(Row):
    __tablename__ = "sign_off"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    frame_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("frame_version.id"))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reopened_reason: Mapped[str] = mapped_column(default="")
