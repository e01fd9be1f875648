"""Campaigns as the machine finds them, laid over what officers have made of those found before."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import session
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
    for group in found:
        campaign = _same(group, list(left.values()))
        if campaign is None:
            campaign = Campaign(
                consultation_id=consultation_id, name=next(names), template=group.template, members=[]
            )
            session.add(campaign)
        else:
            del left[campaign.id]
        _members(campaign, group)
        session.flush()
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


def _same(group: FoundCampaign, campaigns: Sequence[Campaign]) -> Campaign | None:
    wanted = {member.comment_id for member in group.members}
    shared = Counter(
        {n: len(wanted & {m.comment_id for m in campaign.members}) for n, campaign in enumerate(campaigns)}
    )
    best = max(shared, key=lambda n: (shared[n], -n), default=None)
    if best is None or (2 * shared[best] < len(wanted) and shared[best] * 2 < len(campaigns[best].members)):
        return None
    return campaigns[best] if shared[best] else None


def _members(campaign: Campaign, group: FoundCampaign) -> None:
    there = {member.comment_id: member for member in campaign.members}
    wanted = {member.comment_id: member for member in group.members}
    for comment_id, one in wanted.items():
        row = there.get(comment_id)
        if row is None:
            row = CampaignMember(comment_id=comment_id, removed=False)
            campaign.members.append(row)
        row.copy, row.own_words = one.copy, [list(span) for span in one.own_words]
    for comment_id, row in there.items():
        if comment_id not in wanted and not (row.removed or row.added_by_id) and campaign.found_by_machine:
            campaign.members.remove(row)
            session.delete(row)


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
