import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row, stored_by_value
from app.enums import JobState, MailState


class Job(Row):
    """The ledger of long work. Who holds the lease and the newest token may write; nobody else."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_after_lease_until", "state", "run_after", "lease_until"),)

    consultation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    kind: Mapped[str]
    state: Mapped[JobState] = mapped_column(stored_by_value(JobState), default=JobState.QUEUED)
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    idempotency_key: Mapped[str | None] = mapped_column(unique=True)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    token: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(default="")  # the words beside the progress bar
    checkpoint: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(default="")
    stop_asked: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class WorkerSign(Row):
    """A worker's sign of life, so that pages can say when there is none."""

    __tablename__ = "worker_sign"

    name: Mapped[str] = mapped_column(unique=True)
    seen_at: Mapped[datetime]


class OutboxMail(Row):
    """A mail to send. Its address and its words go once it is sent, or given up."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_state_send_after", "state", "send_after"),)

    consultation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(default="")  # a response's reference, a release, an officer's name
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[MailState] = mapped_column(stored_by_value(MailState), default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    send_after: Mapped[datetime]  # while it is being sent: when the one who sends it is taken to be gone
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")  # why it was not sent, without the address
    idempotency_key: Mapped[str | None] = mapped_column(unique=True)


class ImportBatch(Row):
    __tablename__ = "import_batch"
    __table_args__ = (UniqueConstraint("consultation_id", "sha256"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)


class RetentionRun(Row):
    __tablename__ = "retention_run"

    at: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PageCounter(Row):
    """Views of a page on a day. Counts pages, not people."""

    __tablename__ = "page_counter"
    __table_args__ = (UniqueConstraint("consultation_id", "page", "day"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    page: Mapped[str]
    day: Mapped[str]
    views: Mapped[int] = mapped_column(default=0)
