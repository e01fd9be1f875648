import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class Contact(Row):
    """An address and what it may be used for, apart from the response and behind a right of its own."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_email_lower", text("lower(email)")),)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    email: Mapped[str]
    uses: Mapped[list[Any]] = mapped_column(default=list)
