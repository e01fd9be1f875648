import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row, Versioned, stored_by_value
from app.enums import CleaningDecision, CleaningKind, ExclusionReason, FlagSource


class Flag(Row):
    """A handling code on a comment. It decides nothing by itself."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("comment_id", "code", "source"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))
    code: Mapped[str] = mapped_column(index=True)
    source: Mapped[FlagSource] = mapped_column(stored_by_value(FlagSource))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    settled_note: Mapped[str] = mapped_column(default="", server_default="")


class Exclusion(Row):
    """Why a received response is left out of the analysis. Reversing it keeps the row."""

    __tablename__ = "exclusion"
    __table_args__ = (
        Index(
            "uq_exclusion_response_id_standing",
            "response_id",
            unique=True,
            sqlite_where=text("reversed_at IS NULL"),
            postgresql_where=text("reversed_at IS NULL"),
        ),
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    reason: Mapped[ExclusionReason] = mapped_column(stored_by_value(ExclusionReason))
    note: Mapped[str] = mapped_column(default="")
    stays_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("response.id"))  # the one that counts
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reversed_at: Mapped[datetime | None]
    reversed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reversed_note: Mapped[str] = mapped_column(default="", server_default="")


class Redaction(Row):
    """A span of a comment that is hidden from everyone without the right to the original."""

    __tablename__ = "redaction"

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[FlagSource] = mapped_column(stored_by_value(FlagSource))
    proposed: Mapped[bool] = mapped_column(default=False)  # found or proposed, not yet decided
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reversed_at: Mapped[datetime | None]  # also: a proposal that was turned down
    reversed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reversed_note: Mapped[str] = mapped_column(default="", server_default="")


class CleaningItem(Versioned, Row):
    """What an officer is to decide about a response, or about two, and the decision that stands."""

    __tablename__ = "cleaning_item"
    __table_args__ = (
        UniqueConstraint("kind", "response_id", "other_id"),
        Index("ix_cleaning_item_consultation_id_kind_decision", "consultation_id", "kind", "decision"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[CleaningKind] = mapped_column(stored_by_value(CleaningKind))
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    other_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("response.id"), index=True)  # sent earlier
    decision: Mapped[CleaningDecision] = mapped_column(
        stored_by_value(CleaningDecision), default=CleaningDecision.OPEN
    )
    note: Mapped[str] = mapped_column(default="")
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None]
