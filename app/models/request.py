import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row, Versioned, stored_by_value
from app.enums import RequestKind


class RespondentRequest(Versioned, Row):
    """What the sender of a response asks about it or their data, and what officers answer."""

    __tablename__ = "respondent_request"
    __table_args__ = (
        Index("ix_respondent_request_consultation_id_done_at_due_on", "consultation_id", "done_at", "due_on"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(stored_by_value(RequestKind))
    case_number: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    asked_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(Date)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    answer: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
