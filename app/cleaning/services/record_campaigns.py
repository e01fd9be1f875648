"""Campaigns as the machine finds them, laid over what officers have made of those found before."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import delete, insert, select, update

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


@dataclass(frozen=True)
class _Kept:
    """A member as it is stored. Rows and not objects: a campaign may have thousands."""

    id: uuid.UUID
    copy: CampaignCopy
    own_words: list[Any]
    by_officer: bool  # taken out, or added


Members = dict[uuid.UUID, _Kept]  # of one campaign, by comment


def record_campaigns(found: Sequence[FoundCampaign], *, consultation_id: uuid.UUID) -> int:
    """A campaign keeps its name, treatment and note as long as most of a found group was in it before.

    A member that an officer took out stays out, and one that an officer added stays in. A campaign that is
    not found any more goes, unless an officer has worked on it.
    """
    query = select(Campaign).where(Campaign.consultation_id == consultation_id)
    left = {campaign.id: campaign for campaign in session.scalars(query)}
    names = _names({campaign.name for campaign in left.values()})
    there = _members(consultation_id)
    of_comment = _by_comment(there)
    for group in found:
        campaign = _same(group, left, there, of_comment)
        if campaign is None:
            campaign = Campaign(consultation_id=consultation_id, name=next(names), template=group.template)
            session.add(campaign)
            session.flush()
        else:
            del left[campaign.id]
        _write_members(campaign, group, there.get(campaign.id, {}))
    for campaign in left.values():
        _drop(campaign, there.get(campaign.id, {}))
    session.flush()
    session.expire_all()  # members were written past the objects
    return len(found)


def _members(consultation_id: uuid.UUID) -> dict[uuid.UUID, Members]:
    campaigns = select(Campaign.id).where(Campaign.consultation_id == consultation_id)
    query = (
        select(
            CampaignMember.campaign_id, CampaignMember.comment_id, CampaignMember.id, CampaignMember.copy,
            CampaignMember.own_words, CampaignMember.removed | CampaignMember.added_by_id.is_not(None),
        )
        .where(CampaignMember.campaign_id.in_(campaigns))
    )  # fmt: skip
    found: dict[uuid.UUID, Members] = {}
    for campaign_id, comment_id, *kept in session.execute(query):
        found.setdefault(campaign_id, {})[comment_id] = _Kept(*kept)
    return found


def _names(taken: set[str]) -> Iterator[str]:
    return (f"Campaign {_letters(n)}" for n in count() if f"Campaign {_letters(n)}" not in taken)


def _letters(number: int) -> str:
    """A to Z, then AA to AZ and so on."""
    head, last = divmod(number, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def _by_comment(there: Mapping[uuid.UUID, Members]) -> dict[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for campaign_id, members in there.items():
        for comment_id in members:
            found.setdefault(comment_id, []).append(campaign_id)
    return found


def _same(
    group: FoundCampaign,
    campaigns: Mapping[uuid.UUID, Campaign],
    there: Mapping[uuid.UUID, Members],
    of_comment: Mapping[uuid.UUID, Sequence[uuid.UUID]],
) -> Campaign | None:
    """That of `campaigns` with which it shares most; of equals the first by name."""
    wanted = {member.comment_id for member in group.members}
    shared = Counter(key for one in wanted for key in of_comment.get(one, ()) if key in campaigns)
    if not shared:
        return None
    best = min(shared, key=lambda key: (-shared[key], campaigns[key].name))
    enough = 2 * shared[best] >= len(wanted) or 2 * shared[best] >= len(there[best])
    return campaigns[best] if enough else None


def _write_members(campaign: Campaign, group: FoundCampaign, there: Members) -> None:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for one in group.members:
        values = {"copy": one.copy, "own_words": [list(span) for span in one.own_words]}
        kept = there.get(one.comment_id)
        if kept is None:
            new.append({"campaign_id": campaign.id, "comment_id": one.comment_id, "removed": False, **values})
        elif (kept.copy, kept.own_words) != (values["copy"], values["own_words"]):
            changed.append({"id": kept.id, **values})
    for block in blocks(new):
        session.execute(insert(CampaignMember), block)
    for block in blocks(changed):
        session.execute(update(CampaignMember), block)
    if campaign.found_by_machine:
        wanted = {one.comment_id for one in group.members}
        _delete([kept.id for key, kept in there.items() if key not in wanted and not kept.by_officer])


def _delete(members: Sequence[uuid.UUID]) -> None:
    for block in blocks(members):
        session.execute(
            delete(CampaignMember).where(CampaignMember.id.in_(block)),
            execution_options={"synchronize_session": False},
        )


def _drop(campaign: Campaign, there: Members) -> None:
    untouched = (
        campaign.found_by_machine
        and campaign.treatment is CampaignTreatment.EVERY_SENDER
        and not campaign.note
        and not any(kept.by_officer for kept in there.values())
    )
    coded = session.scalar(select(Coding.id).where(Coding.campaign_id == campaign.id).limit(1))
    if untouched and coded is None:
        _delete([kept.id for kept in there.values()])
        session.delete(campaign)
