"""Campaigns as the machine finds them, laid over what officers have made of those found before."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from app.database import blocks, session
from app.enums import CampaignCopy, CampaignTreatment
from app.models import Campaign, CampaignMember, Coding


@dataclass(frozen=True)
class FoundMember:
    comment_id: uuid.UUID
    copy: CampaignCopy
    own_words: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class FoundCampaign:
    template: str
    members: tuple[FoundMember, ...]


def record_campaigns(found: Sequence[FoundCampaign], *, consultation_id: uuid.UUID) -> int:
    """A campaign keeps its name, treatment and note as long as most of a found group was in it before.

    A member that an officer took out stays out, and one that an officer added stays in. A campaign that is
    not found any more goes, unless an officer has worked on it.
    """
    there = _campaigns(consultation_id)
    left = {campaign.id: campaign for campaign in there}
    names = _names({campaign.name for campaign in there})
    of_comment = _by_comment(there)
    for group in found:
        campaign = _same(group, left, of_comment)
        if campaign is None:
            campaign = Campaign(
                consultation_id=consultation_id, name=next(names), template=group.template, members=[]
            )
            session.add(campaign)
        else:
            del left[campaign.id]
        _members(campaign, group)
    for campaign in left.values():
        _drop(campaign)
    session.flush()
    return len(found)


def _campaigns(consultation_id: uuid.UUID) -> list[Campaign]:
    query = select(Campaign).where(Campaign.consultation_id == consultation_id).order_by(Campaign.name)
    return list(session.scalars(query.options(selectinload(Campaign.members))))


def _names(taken: set[str]) -> Iterator[str]:
    return (f"Campaign {_letters(n)}" for n in count() if f"Campaign {_letters(n)}" not in taken)


def _letters(number: int) -> str:
    """A to Z, then AA to AZ and so on."""
    head, last = divmod(number, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def _by_comment(campaigns: Sequence[Campaign]) -> dict[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for campaign in campaigns:
        for member in campaign.members:
            found.setdefault(member.comment_id, []).append(campaign.id)
    return found


def _same(
    group: FoundCampaign,
    campaigns: Mapping[uuid.UUID, Campaign],
    of_comment: Mapping[uuid.UUID, Sequence[uuid.UUID]],
) -> Campaign | None:
    """That of `campaigns` with which it shares most; of equals the first."""
    wanted = {member.comment_id for member in group.members}
    shared = Counter(key for one in wanted for key in of_comment.get(one, ()) if key in campaigns)
    if not shared:
        return None
    best = min(shared, key=lambda key: (-shared[key], campaigns[key].name))
    enough = 2 * shared[best] >= len(wanted) or 2 * shared[best] >= len(campaigns[best].members)
    return campaigns[best] if enough else None


def _members(campaign: Campaign, group: FoundCampaign) -> None:
    there = {member.comment_id: member for member in campaign.members}
    wanted = {member.comment_id: member for member in group.members}
    new: list[dict[str, Any]] = []
    for comment_id, one in wanted.items():
        own_words = [list(span) for span in one.own_words]
        if row := there.get(comment_id):
            row.copy, row.own_words = one.copy, own_words
        else:
            new.append({"comment_id": comment_id, "copy": one.copy, "own_words": own_words})
    for comment_id, row in there.items():
        if comment_id not in wanted and not (row.removed or row.added_by_id) and campaign.found_by_machine:
            campaign.members.remove(row)
            session.delete(row)
    if not new:
        return
    session.flush()  # the campaign, if it is new
    for block in blocks(new):
        rows = [{"campaign_id": campaign.id, "removed": False, **one} for one in block]
        session.execute(insert(CampaignMember), rows)
    session.expire(campaign, ["members"])


def _drop(campaign: Campaign) -> None:
    untouched = (
        campaign.found_by_machine
        and campaign.treatment is CampaignTreatment.EVERY_SENDER
        and not campaign.note
        and not any(member.removed or member.added_by_id for member in campaign.members)
    )
    coded = session.scalar(select(Coding.id).where(Coding.campaign_id == campaign.id).limit(1))
    if not untouched or coded is not None:
        return
    for member in list(campaign.members):
        session.delete(member)
    session.flush()
    session.delete(campaign)
