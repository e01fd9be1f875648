import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Row, Versioned, stored_by_value
from app.enums import CampaignCopy, CampaignTreatment


class Campaign(Versioned, Row):
    __tablename__ = "campaign"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    name: Mapped[str]
    template: Mapped[str]
    treatment: Mapped[CampaignTreatment] = mapped_column(
        stored_by_value(CampaignTreatment), default=CampaignTreatment.EVERY_SENDER
    )
    note: Mapped[str] = mapped_column(default="")
    found_by_machine: Mapped[bool] = mapped_column(default=True)

    members: Mapped[list["CampaignMember"]] = relationship(back_populates="campaign")


class CampaignMember(Row):
    __tablename__ = "campaign_member"
    __table_args__ = (UniqueConstraint("campaign_id", "comment_id"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), index=True)
    copy: Mapped[CampaignCopy] = mapped_column(stored_by_value(CampaignCopy))
    own_words: Mapped[list[Any]] = mapped_column(default=list)  # [[start, end], ...] of the comment
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    removed: Mapped[bool] = mapped_column(default=False)  # an officer said: not part of this campaign

    campaign: Mapped[Campaign] = relationship(back_populates="members")


class Petition(Row):
    """One received and included response with signatories, which are never added to responses."""

    __tablename__ = "petition"

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    title: Mapped[str]
    signatories: Mapped[int]
