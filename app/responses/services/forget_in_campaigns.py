"""The template of a campaign is the text of one of its senders: another's, once that one is erased."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import select

from app.database import session
from app.models import Campaign, CampaignMember, Comment


def forget_in_campaigns(comment_ids: Iterable[uuid.UUID]) -> None:
    """Call it when the comments are empty and still members."""
    mine = select(CampaignMember.campaign_id).where(CampaignMember.comment_id.in_(list(comment_ids)))
    for campaign in session.scalars(select(Campaign).where(Campaign.id.in_(mine)).with_for_update()):
        texts = session.scalars(
            select(Comment.text)
            .join(CampaignMember, CampaignMember.comment_id == Comment.id)
            .where(CampaignMember.campaign_id == campaign.id, Comment.text != "")
            .where(CampaignMember.removed.is_(False))
        )
        campaign.template = template_among(set(texts), before=campaign.template)
    session.flush()


def template_among(texts: Collection[str], *, before: str) -> str:
    """As before where somebody else sent the same; else the text that adds least, if there is any."""
    if before in texts:
        return before
    plain = " ".join(before.split()).casefold()
    same = [text for text in texts if " ".join(text.split()).casefold() == plain]
    return min(same or texts, key=lambda text: (len(text), text), default="")
