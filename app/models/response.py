import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import Channel, Publication, RespondentKind, ResponseStatus

NOT_SENT_OR_TEST = "status <> 'sent' OR is_test"  # in these words, so that an index of these alone is used


class Response(Versioned, Row):
    """One reply. What is sent stands in its versions; the columns here mirror the one that counts."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("consultation_id", "reference"),
        UniqueConstraint("import_batch_id", "import_key"),
        Index("ix_response_consultation_id_status_sent_at", "consultation_id", "status", "sent_at"),
        Index(
            "ix_response_consultation_id_apart",
            "consultation_id",
            sqlite_where=text(NOT_SENT_OR_TEST),
            postgresql_where=text(NOT_SENT_OR_TEST),
        ),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    reference: Mapped[str]
    status: Mapped[ResponseStatus] = mapped_column(
        stored_by_value(ResponseStatus), default=ResponseStatus.DRAFT
    )
    channel: Mapped[Channel] = mapped_column(stored_by_value(Channel), default=Channel.ONLINE)
    kind: Mapped[RespondentKind] = mapped_column(stored_by_value(RespondentKind))
    area: Mapped[str | None]  # an option's key
    organisation_name: Mapped[str | None]
    organisation_type: Mapped[str | None]
    publication: Mapped[Publication] = mapped_column(stored_by_value(Publication), default=Publication.NO)
    is_letter: Mapped[bool] = mapped_column(default=False)
    is_test: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en-GB")
    link_tag: Mapped[str | None]
    started_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    # Not filled in: a draft goes by the time its version was last changed (responses.queries.drafts).
    delete_after: Mapped[datetime | None]
    keyed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    import_batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    import_key: Mapped[str | None]
    import_row: Mapped[int | None]
    # One press of the start page is one draft: a second press finds the first by this.
    start_token: Mapped[str | None] = mapped_column(unique=True)
    current_version_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(
            "response_version.id", use_alter=True, name="fk_response_current_version_id_response_version"
        )
    )
    signals: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ResponseVersion(Row):
    """The working copy while `sent_at` is empty; after that it never changes."""

    __tablename__ = "response_version"
    __table_args__ = (
        UniqueConstraint("response_id", "number"),
        Index(
            "uq_response_version_response_id_working",
            "response_id",
            unique=True,
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    number: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime | None]
    document_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document_version.id"))
    # {part: state} of the task list
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    response: Mapped[Response] = relationship(foreign_keys=[response_id])


class PrivateToken(Row):
    """The private link and its short code, each as a keyed hash. Ended ones stay, with the time."""

    __tablename__ = "private_token"

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    ended_at: Mapped[datetime | None]


class SendToken(Row):
    """One press, one response: a version can be sent once, whoever presses and however often."""

    __tablename__ = "send_token"

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response_version.id"), unique=True)
    sent_at: Mapped[datetime]
