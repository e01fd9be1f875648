import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, stored_by_value
from app.enums import Decision, ProposalFate, RunState, Stance
from app.models.comment import Comment
from app.models.frame import Theme


class ThemingRun(Row):
    """One pass of the engine. Nobody sees its rows until it is complete and the consultation points to it."""

    __tablename__ = "theming_run"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    state: Mapped[RunState] = mapped_column(stored_by_value(RunState), default=RunState.RUNNING)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    job_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("job.id"))
    engine_version: Mapped[str]
    encoder: Mapped[str] = mapped_column(default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seed: Mapped[int] = mapped_column(default=0)
    inputs_digest: Mapped[str] = mapped_column(default="")
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    completed_at: Mapped[datetime | None]


class Proposal(Row):
    """A theme the machine discovered, and what officers made of it."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("run_id", "key"),)

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theming_run.id"))
    key: Mapped[str]
    parent_key: Mapped[str | None]
    question_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("question.id"))
    label: Mapped[str]
    terms: Mapped[list[Any]]
    size: Mapped[int]
    fate: Mapped[ProposalFate] = mapped_column(stored_by_value(ProposalFate), default=ProposalFate.OPEN)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"))  # what it became or went into
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[str] = mapped_column(default="")

    members: Mapped[list["ProposalMember"]] = relationship(back_populates="proposal")


class ProposalMember(Row):
    __tablename__ = "proposal_member"
    __table_args__ = (UniqueConstraint("proposal_id", "comment_id"),)

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    score: Mapped[float]
    typical: Mapped[bool] = mapped_column(default=False)
    borderline: Mapped[bool] = mapped_column(default=False)

    proposal: Mapped[Proposal] = relationship(back_populates="members")
    comment: Mapped[Comment] = relationship()


class Suggestion(Row):
    """What the machine thinks of one comment and one theme; the ten best a comment."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("run_id", "comment_id", "theme_id"),
        Index("ix_suggestion_waiting", "run_id", "theme_id", "probability", "comment_id", "assigned"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theming_run.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"))
    rank: Mapped[int]
    probability: Mapped[float]
    assigned: Mapped[bool]
    stance: Mapped[Stance] = mapped_column(stored_by_value(Stance))
    start: Mapped[int]
    end: Mapped[int]
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)

    comment: Mapped[Comment] = relationship()
    theme: Mapped[Theme] = relationship()


class SuggestionDecision(Row):
    """Remembered for the comment and the theme, not for the run: a re-run does not ask again."""

    __tablename__ = "suggestion_decision"
    __table_args__ = (UniqueConstraint("comment_id", "theme_id"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"))
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"), index=True)
    decision: Mapped[Decision] = mapped_column(stored_by_value(Decision))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    run_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theming_run.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coding_batch.id"), index=True)
