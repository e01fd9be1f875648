import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import Stage


class Consultation(Versioned, Row):
    __tablename__ = "consultation"

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    stage: Mapped[Stage] = mapped_column(stored_by_value(Stage), default=Stage.DRAFT)
    is_sample: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en-GB")
    timezone: Mapped[str] = mapped_column(default="Europe/London")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    grace_minutes: Mapped[int] = mapped_column(default=30)
    reference_prefix: Mapped[str] = mapped_column(default="")
    lead_name: Mapped[str] = mapped_column(default="")
    lead_email: Mapped[str] = mapped_column(default="")
    lead_phone: Mapped[str] = mapped_column(default="")
    # The words around the questions: summary, who_can_reply, time_needed, what_happens, other_ways.
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The finished run whose suggestions officers see; swapped in one update when a run is complete.
    current_run_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("theming_run.id", use_alter=True, name="fk_consultation_current_run_id_theming_run")
    )

    partners: Mapped[list["Partner"]] = relationship(
        order_by="Partner.position", back_populates="consultation"
    )

    @property
    def languages(self) -> list[str]:
        """Those its pages can be read in, its own first."""
        return [self.language, *self.settings.get("translated_into", ())]


class Partner(Row):
    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    kind_label: Mapped[str]
    position: Mapped[int]

    consultation: Mapped[Consultation] = relationship(back_populates="partners")


class Translation(Row):
    """Any text of the consultation in another language: which row, which field."""

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("subject_id", "field", "language"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    subject_id: Mapped[uuid.UUID]
    field: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
