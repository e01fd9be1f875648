import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row, Versioned, stored_by_value
from app.enums import PartnerAnswerKind, ReleaseState


class Report(Versioned, Row):
    __tablename__ = "report"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), unique=True)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ReportRelease(Versioned, Row):
    """The numbers and quotes of one moment, frozen. What the public reads is this, never a live count."""

    __tablename__ = "report_release"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    state: Mapped[ReleaseState] = mapped_column(stored_by_value(ReleaseState), default=ReleaseState.DRAFT)
    interim: Mapped[bool]
    document_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document_version.id"))
    frozen: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    embargoed_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class Claim(Row):
    """A sentence of the report with the numbers and comments it rests on."""

    __tablename__ = "claim"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), index=True)
    section_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("section.id"))
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"))
    position: Mapped[int]
    text: Mapped[str]
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ChosenQuote(Row):
    __tablename__ = "chosen_quote"
    __table_args__ = (UniqueConstraint("comment_id", "theme_id", "start", "end"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))


class PartnerAnswer(Versioned, Row):
    """What the partners say to a theme."""

    __tablename__ = "partner_answer"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"), unique=True)
    kind: Mapped[PartnerAnswerKind] = mapped_column(stored_by_value(PartnerAnswerKind))
    reason: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date | None] = mapped_column(Date)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
