"""How many of those who are counted wrote in each campaign."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, distinct, func

from app.counting.behind import CommentFilter, comments_behind
from app.counting.standing import Respondent
from app.database import session
from app.enums import CampaignCopy
from app.models import Campaign, CampaignMember, Comment


@dataclass(frozen=True)
class CampaignCount:
    """`senders` are respondents; the kinds of copy are comments."""

    senders: int = 0
    exact: int = 0
    edited: int = 0
    own_words_added: int = 0

    @property
    def comments(self) -> int:
        return self.exact + self.edited + self.own_words_added


def campaign_counts(consultation_id: uuid.UUID) -> dict[uuid.UUID, CampaignCount]:
    """Of the included, petitions left out. A campaign of which nobody counts is not there."""
    columns = (CampaignMember.campaign_id, CampaignMember.copy)
    by_copy = _members(consultation_id).with_only_columns(*columns, func.count(distinct(Comment.id)))
    copies: dict[uuid.UUID, dict[CampaignCopy, int]] = defaultdict(dict)
    for campaign, copy, comments in session.execute(by_copy.group_by(*columns)):
        copies[campaign][copy] = comments
    people = _members(consultation_id).with_only_columns(columns[0], func.count(distinct(Respondent.id)))
    return {
        campaign: CampaignCount(
            senders=senders,
            exact=copies[campaign].get(CampaignCopy.EXACT, 0),
            edited=copies[campaign].get(CampaignCopy.EDITED, 0),
            own_words_added=copies[campaign].get(CampaignCopy.OWN_WORDS_ADDED, 0),
        )
        for campaign, senders in session.execute(people.group_by(columns[0]))
    }


def _members(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    return (
        comments_behind(consultation_id, CommentFilter(petition=False))
        .join(CampaignMember, CampaignMember.comment_id == Comment.id)
        .join(Campaign, Campaign.id == CampaignMember.campaign_id)
        .where(CampaignMember.removed.is_(False))
    )
