"""Who belongs to a campaign: what an officer says stands, whatever later runs find."""

import uuid
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy import select

from app.accounts.actor import Actor
from app.counting.behind import standing_coding
from app.counting.cleaning import readable_comments
from app.database import session
from app.enums import CampaignCopy
from app.models import Campaign, CampaignMember, Coding, Comment, Response
from app.themes.refusals import CampaignNotHere, NotOneOfItsSenders
from app.themes.services.code_campaign import give, given_by, held, note, take_away


def take_out(member_id: uuid.UUID, *, campaign_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Not part of this campaign: the codings of its template go from the comment."""
    campaign = held(campaign_id)
    member = _member(campaign, member_id)
    if member.removed:
        return
    member.removed = True
    take_away(_template_codings(campaign, member.comment_id), actor=actor, now=now)
    note("took a sender out of", campaign, None, actor=actor, now=now, comment=str(member.comment_id))


def put_back(member_id: uuid.UUID, *, campaign_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """With the codings of the template."""
    campaign = held(campaign_id)
    member = _member(campaign, member_id)
    if not member.removed:
        return
    member.removed = False
    session.flush()
    _code(campaign, member, actor=actor)
    note("put a sender back into", campaign, None, actor=actor, now=now, comment=str(member.comment_id))


def add_response(campaign_id: uuid.UUID, *, reference: str, actor: Actor, now: datetime) -> CampaignMember:
    """The comment of the response that is nearest to the template. Raises NotOneOfItsSenders."""
    campaign = held(campaign_id)
    comment = _nearest(campaign, reference.strip().upper())
    if comment is None:
        raise NotOneOfItsSenders
    there = _row(campaign, comment.id)
    if there is not None and not there.removed:
        raise NotOneOfItsSenders
    if there is not None:
        put_back(there.id, campaign_id=campaign_id, actor=actor, now=now)
        return there
    member = CampaignMember(
        campaign_id=campaign.id, comment_id=comment.id, copy=_copy(campaign.template, comment.text),
        added_by_id=actor.officer_id, removed=False, own_words=[],
    )  # fmt: skip
    session.add(member)
    session.flush()
    _code(campaign, member, actor=actor)
    note("added a sender to", campaign, None, actor=actor, now=now, comment=str(comment.id))
    return member


def _member(campaign: Campaign, member_id: uuid.UUID) -> CampaignMember:
    found = session.get(CampaignMember, member_id, populate_existing=True)
    if found is None or found.campaign_id != campaign.id:
        raise CampaignNotHere
    return found


def _row(campaign: Campaign, comment_id: uuid.UUID) -> CampaignMember | None:
    query = select(CampaignMember).where(
        CampaignMember.campaign_id == campaign.id, CampaignMember.comment_id == comment_id
    )
    return session.scalar(query)


def _nearest(campaign: Campaign, reference: str) -> Comment | None:
    query = readable_comments(campaign.consultation_id).where(Response.reference == reference)
    comments = session.scalars(query.with_only_columns(Comment).order_by(Comment.number)).all()
    words = campaign.template.casefold().split()
    likeness = {c.id: SequenceMatcher(None, words, c.text.casefold().split()).ratio() for c in comments}
    return max(comments, key=lambda one: likeness[one.id], default=None)


def _copy(template: str, text: str) -> CampaignCopy:
    said, whole = (" ".join(one.casefold().split()) for one in (template, text))
    if said == whole:
        return CampaignCopy.EXACT
    return CampaignCopy.OWN_WORDS_ADDED if said in whole else CampaignCopy.EDITED


def _code(campaign: Campaign, member: CampaignMember, *, actor: Actor) -> None:
    comment = session.get_one(Comment, member.comment_id)
    give(campaign, [(member, comment)], given_by(campaign), actor=actor)


def _template_codings(campaign: Campaign, comment_id: uuid.UUID) -> list[Coding]:
    query = select(Coding).where(
        Coding.campaign_id == campaign.id,
        Coding.comment_id == comment_id,
        standing_coding(),
    )
    return list(session.scalars(query))
