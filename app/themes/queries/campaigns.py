"""The ledger of campaigns: who sent the same words, and what each sender wrote besides."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager

from app.counting.behind import standing_coding
from app.counting.campaigns import CampaignCount, campaign_counts
from app.counting.cleaning import readable_comments
from app.counting.frame import frame
from app.database import session
from app.enums import CampaignCopy, CampaignTreatment, Stance
from app.models import (
    MAIN_LAYER,
    Campaign,
    CampaignMember,
    Coding,
    Comment,
    Disposition,
    Petition,
    Redaction,
    Response,
)
from app.responses.hidden import label_of
from app.responses.queries.pages import Page, cut, length, within
from app.themes.differences import Change, differences


@dataclass(frozen=True)
class CampaignRow:
    id: uuid.UUID
    name: str
    treatment: CampaignTreatment
    count: CampaignCount


@dataclass(frozen=True)
class PetitionRow:
    reference: str
    title: str
    signatories: int


@dataclass(frozen=True)
class TemplateCoding:
    """`comments` have it; the senders who do not are those who came in later."""

    theme_id: uuid.UUID
    code: str
    label: str
    stance: Stance
    comments: int


@dataclass(frozen=True, kw_only=True)
class SenderRow:
    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str
    copy: CampaignCopy
    removed: bool
    changes: tuple[Change, ...]
    decided: bool


@dataclass(frozen=True, kw_only=True)
class CampaignWhole:
    id: uuid.UUID
    name: str
    template: str
    treatment: CampaignTreatment
    note: str
    version: int
    count: CampaignCount
    members: int
    codings: tuple[TemplateCoding, ...]
    senders: Page[SenderRow]


def campaigns(consultation_id: uuid.UUID) -> list[CampaignRow]:
    """The largest first."""
    counts = campaign_counts(consultation_id)
    query = select(Campaign).where(Campaign.consultation_id == consultation_id)
    rows = [
        CampaignRow(one.id, one.name, one.treatment, counts.get(one.id, CampaignCount()))
        for one in session.scalars(query)
    ]
    return sorted(rows, key=lambda row: (-row.count.senders, row.name))


def petitions(consultation_id: uuid.UUID) -> list[PetitionRow]:
    query = (
        select(Response.reference, Petition.title, Petition.signatories)
        .join(Response, Response.id == Petition.response_id)
        .where(Response.consultation_id == consultation_id)
        .order_by(Petition.signatories.desc(), Response.reference)
    )
    return [PetitionRow(*row) for row in session.execute(query)]


def campaign_whole(consultation_id: uuid.UUID, campaign_id: uuid.UUID, *, page: int) -> CampaignWhole | None:
    query = select(Campaign).where(Campaign.id == campaign_id, Campaign.consultation_id == consultation_id)
    one = session.scalar(query)
    if one is None:
        return None
    template = shown_template(one)
    return CampaignWhole(
        id=one.id,
        name=one.name,
        template=template,
        treatment=one.treatment,
        note=one.note,
        version=one.version,
        count=campaign_counts(consultation_id).get(one.id, CampaignCount()),
        members=length(_members(one).where(CampaignMember.removed.is_(False))),
        codings=_codings(one),
        senders=_senders(one, template, page),
    )


def shown_template(campaign: Campaign) -> str:
    """Without what is hidden in any of its senders' comments: it is the text of one of them."""
    query = (
        select(Comment.text, Redaction.start, Redaction.end, Redaction.kind)
        .join(Redaction, Redaction.comment_id == Comment.id)
        .join(CampaignMember, CampaignMember.comment_id == Comment.id)
        .where(
            CampaignMember.campaign_id == campaign.id,
            Redaction.proposed.is_(False),
            Redaction.reversed_at.is_(None),
        )
    )
    hidden = {text[start:end]: kind for text, start, end, kind in session.execute(query)}
    shown = campaign.template
    for words in sorted(hidden, key=len, reverse=True):
        shown = shown.replace(words, label_of(hidden[words]))
    return shown


def _members(campaign: Campaign) -> Select[uuid.UUID]:
    return (
        readable_comments(campaign.consultation_id)
        .join(CampaignMember, CampaignMember.comment_id == Comment.id)
        .where(CampaignMember.campaign_id == campaign.id)
    )


def _senders(campaign: Campaign, template: str, asked: int) -> Page[SenderRow]:
    """Own words first, those who were taken out last."""
    chosen = _members(campaign)
    total = length(chosen)
    number = within(asked, total)
    query = (
        chosen.with_only_columns(CampaignMember, Comment)
        .options(contains_eager(Comment.response))
        .order_by(CampaignMember.removed, CampaignMember.copy.desc(), Comment.id)
    )
    found = session.execute(cut(query, number)).all()
    decided = _decided(comment.id for _, comment in found)
    return Page([_sender(member, comment, template, decided) for member, comment in found], total, number)


def _sender(member: CampaignMember, comment: Comment, template: str, decided: set[uuid.UUID]) -> SenderRow:
    return SenderRow(
        id=member.id,
        comment_id=comment.id,
        reference=comment.response.reference,
        copy=member.copy,
        removed=member.removed,
        changes=differences(template, comment.redacted_text),
        decided=comment.id in decided,
    )


def _decided(comment_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    query = select(Disposition.comment_id).where(
        Disposition.comment_id.in_(list(comment_ids)), Disposition.layer == MAIN_LAYER
    )
    return set(session.scalars(query))


def _codings(campaign: Campaign) -> tuple[TemplateCoding, ...]:
    query = (
        select(Coding.theme_id, Coding.stance, func.count())
        .where(Coding.campaign_id == campaign.id, standing_coding())
        .group_by(Coding.theme_id, Coding.stance)
    )
    of = frame(campaign.consultation_id)
    themes = {row.id: of.survivor(row) for row in of.rows}
    found = [
        TemplateCoding(key, themes[key].code, themes[key].label, stance, comments)
        for key, stance, comments in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (one.code, one.stance)))


def without_template_codings(campaign_id: uuid.UUID, comment_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    coded = exists().where(
        Coding.comment_id == Comment.id, Coding.campaign_id == campaign_id, standing_coding()
    )
    return set(session.scalars(select(Comment.id).where(Comment.id.in_(comment_ids), ~coded)))
