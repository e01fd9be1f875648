"""Who helps to write an organisation's reply, without an account."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, stored_by_value
from app.enums import ContributionState
from app.models.response import Response


class Invitation(Row):
    """A link and its short code for colleagues, each as a keyed hash; both follow from the row's key.

    Ended ones stay, so that whoever wrote by them still finds their own words.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_response_id_open",
            "response_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    ended_at: Mapped[datetime | None]

    response: Mapped[Response] = relationship()


class Contributor(Row):
    """A colleague on one device: known by a token in their cookie, of which this holds a keyed hash."""

    __tablename__ = "contributor"
    __table_args__ = (UniqueConstraint("response_id", "token_hash"),)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"))
    token_hash: Mapped[str]
    name: Mapped[str] = mapped_column(default="")  # for the lead alone; it is never sent


class Contribution(Row):
    """A colleague's text for one question, or for the letter. The lead decides what of it is sent."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("contributor_id", "question_id"),
        Index(
            "uq_contribution_contributor_id_letter",
            "contributor_id",
            unique=True,
            sqlite_where=text("question_id IS NULL"),
            postgresql_where=text("question_id IS NULL"),
        ),
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    contributor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contributor.id"))
    question_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("question.id"))  # none: the letter
    text: Mapped[str]
    # Counts the colleague's changes alone: what the lead does with a text is no conflict for its writer.
    wording: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    state: Mapped[ContributionState] = mapped_column(
        stored_by_value(ContributionState), default=ContributionState.NEW
    )
    added_text: Mapped[str | None]  # the wording that the lead's answer last took in

    contributor: Mapped[Contributor] = relationship()
