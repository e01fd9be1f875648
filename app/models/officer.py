import uuid
from datetime import datetime
from typing import Any

from flask_security import UserMixin
from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, stored_by_value
from app.enums import Role


class Officer(Row, UserMixin):  # type: ignore[misc]  # the one named exception: Flask-Security's mixin
    __tablename__ = "officer"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    is_example: Mapped[bool] = mapped_column(default=False)  # cannot sign in; owns the sample's codings
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    set_up_hash: Mapped[str | None] = mapped_column(unique=True)  # the one-time link to choose a password
    set_up_until: Mapped[datetime | None]
    shortcuts: Mapped[bool] = mapped_column(default=True)

    # Not called "roles": Flask-Security would read them as its own, without the consultation.
    grants: Mapped[list["RoleGrant"]] = relationship(foreign_keys="RoleGrant.officer_id", viewonly=True)


class RoleGrant(Row):
    """A role in one consultation; an administrator's holds everywhere and names none."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("officer_id", "consultation_id", "role"),)

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    consultation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    role: Mapped[Role] = mapped_column(stored_by_value(Role))
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class OfficerSession(Row):
    __tablename__ = "officer_session"

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")


class Lockout(Row):
    """A failed sign-in or a wrong code, by what was tried and from where, both as keyed hashes."""

    __tablename__ = "lockout"
    __table_args__ = (Index("ix_lockout_subject_at", "subject", "at"),)

    subject: Mapped[str]
    at: Mapped[datetime]


class SavedView(Row):
    """A list as an officer narrowed it, under a name; other officers see it where it is shared."""

    __tablename__ = "saved_view"
    __table_args__ = (
        Index("ix_saved_view_consultation_id_page", "consultation_id", "page"),
        Index(
            "uq_saved_view_officer_id_consultation_id_page_name",
            "officer_id",
            "consultation_id",
            "page",
            "name",
            unique=True,
        ),
    )

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    name: Mapped[str]
    page: Mapped[str]
    query: Mapped[dict[str, Any]]
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
