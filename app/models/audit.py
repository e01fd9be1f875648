import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class AuditEvent(Row):
    """Who did what to what, when. Holds ids and field names, never the text of a response."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_consultation_id_at", "consultation_id", "at"),
        Index("ix_audit_event_subject_id_at", "subject_id", "at"),
    )

    consultation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consultation.id"))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    actor: Mapped[str]  # "officer", "respondent", "system"
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    subject_name: Mapped[str] = mapped_column(default="")  # a reference or a theme's code
    at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
