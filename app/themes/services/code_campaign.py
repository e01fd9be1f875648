"""The template of a campaign is coded once, for all its senders: one row each, marked with the campaign.

Words that a sender added are coded apart: the comment stays undecided until somebody has read them.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import selectinload

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.behind import standing_coding
from app.counting.cleaning import readable_comments
from app.database import blocks, session
from app.enums import CampaignCopy, CodingSource, DispositionValue, Stance
from app.models import MAIN_LAYER, Campaign, CampaignMember, Coding, Comment, Disposition, Theme
from app.themes.queries.comment_state import disposition_of
from app.themes.refusals import CampaignNotHere, NothingCoded, QuoteNotInComment
from app.themes.services.code_comment import officer_of
from app.themes.services.write_codings import NewCoding, lock_comments, standing_codings, write_codings


def code_template(
    campaign_id: uuid.UUID,
    *,
    theme_id: uuid.UUID,
    stance: Stance,
    words: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """`words` of the template; none: all of it. Of senders who have the theme and stance already, nothing
    changes. How many were added. Raises a Refusal before anything is written."""
    campaign = held(campaign_id)
    wanted = " ".join(words.split())
    if wanted and wanted not in " ".join(campaign.template.split()):
        raise QuoteNotInComment
    added = give(campaign, _members(campaign), [(theme_id, stance, wanted)], actor=actor)
    note("coded the template", campaign, theme_id, actor=actor, now=now, size=added, stance=stance.value)
    return added


def uncode_template(
    campaign_id: uuid.UUID, *, theme_id: uuid.UUID, stance: Stance, actor: Actor, now: datetime
) -> int:
    """Codings that officers gave singly stay."""
    campaign = held(campaign_id)
    query = _of_campaign(campaign).where(Coding.theme_id == theme_id, Coding.stance == stance)
    removed = take_away(session.scalars(query).all(), actor=actor, now=now)
    note("uncoded the template", campaign, theme_id, actor=actor, now=now, size=removed, stance=stance.value)
    return removed


def code_those_without(campaign_id: uuid.UUID, *, actor: Actor, now: datetime) -> int:
    """Senders who came in after the template was coded get its codings too."""
    campaign = held(campaign_id)
    added = give(campaign, _members(campaign), given_by(campaign), actor=actor)
    note("coded new senders", campaign, None, actor=actor, now=now, size=added)
    return added


def nothing_to_add(comment_id: uuid.UUID, *, campaign_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The own words of a sender were read, and the codings of the template are enough."""
    campaign = held(campaign_id)
    member = select(CampaignMember.id).where(
        CampaignMember.campaign_id == campaign.id,
        CampaignMember.comment_id == comment_id,
        CampaignMember.removed.is_(False),
    )
    if session.scalar(member) is None:
        raise CampaignNotHere
    if comment_id not in lock_comments([comment_id]) or not standing_codings([comment_id]):
        raise NothingCoded
    if disposition_of(comment_id, MAIN_LAYER) is not None:
        return
    session.add(
        Disposition(comment_id=comment_id, value=DispositionValue.CODED, officer_id=officer_of(actor))
    )
    session.flush()
    record(
        "decided", actor=actor, now=now, subject="comment", subject_id=comment_id,
        consultation_id=campaign.consultation_id,
        details={"before": DispositionValue.UNDECIDED.value, "after": DispositionValue.CODED.value},
    )  # fmt: skip


def held(campaign_id: uuid.UUID) -> Campaign:
    query = select(Campaign).where(Campaign.id == campaign_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise CampaignNotHere
    return row


def given_by(campaign: Campaign) -> list[tuple[uuid.UUID, Stance, str]]:
    """Theme, stance and words of what the template has been given."""
    found: dict[tuple[uuid.UUID, Stance], str] = {}
    query = _of_campaign(campaign).join(Comment, Comment.id == Coding.comment_id).add_columns(Comment.text)
    for coding, text in session.execute(query.options(selectinload(Coding.quotes)).order_by(Coding.id)):
        whole = [(q.start, q.end) for q in coding.quotes] in ([], [(0, len(text))])
        said = "" if whole else " ".join(text[coding.quotes[0].start : coding.quotes[0].end].split())
        found.setdefault((coding.theme_id, coding.stance), said)
    return [(theme, stance, said) for (theme, stance), said in found.items()]


def give(
    campaign: Campaign,
    members: Sequence[tuple[CampaignMember, Comment]],
    wanted: Iterable[tuple[uuid.UUID, Stance, str]],
    *,
    actor: Actor,
) -> int:
    """Where an officer said that the comment is something other than themes, that stands."""
    asked, settled = list(wanted), _settled([comment.id for _, comment in members])
    members = [(member, comment) for member, comment in members if comment.id not in settled]
    new = [
        NewCoding(comment.id, theme_id, stance, _quotes(comment.text, words))
        for _, comment in members
        for theme_id, stance, words in asked
    ]
    if not new:
        return 0
    undecided = _undecided([comment.id for _, comment in members])
    written = write_codings(new, officer_id=officer_of(actor), source=CodingSource.CAMPAIGN)
    for coding in written.added:
        coding.campaign_id = campaign.id
    own = {c.id for m, c in members if m.copy is CampaignCopy.OWN_WORDS_ADDED} & undecided
    _leave_undecided(sorted(own))
    session.flush()
    return len(written.added)


def take_away(codings: Sequence[Coding], *, actor: Actor, now: datetime) -> int:
    """A comment that has no theme after that is undecided again. What another officer has taken off
    meanwhile stays theirs. How many this one took off."""
    comments = {coding.comment_id for coding in codings}
    lock_comments(comments)
    standing = {coding.id: coding for coding in standing_codings(comments).values()}
    codings = [standing[coding.id] for coding in codings if coding.id in standing]
    for coding in codings:
        coding.removed_at, coding.removed_by_id = now, officer_of(actor)
    session.flush()
    coded = {comment for comment, _, _ in standing_codings(comments)}
    _leave_undecided(sorted(comments - coded))
    return len(codings)


def note(
    action: str,
    campaign: Campaign,
    theme_id: uuid.UUID | None,
    *,
    actor: Actor,
    now: datetime,
    **details: object,
) -> None:
    theme = session.get(Theme, theme_id) if theme_id else None
    record(
        action, actor=actor, now=now, subject="campaign", subject_id=campaign.id, subject_name=campaign.name,
        consultation_id=campaign.consultation_id,
        details={**details, **({"theme": theme.code} if theme else {})},
    )  # fmt: skip


def _of_campaign(campaign: Campaign) -> Select[Coding]:
    return select(Coding).where(Coding.campaign_id == campaign.id, standing_coding())


def _members(campaign: Campaign) -> list[tuple[CampaignMember, Comment]]:
    query = (
        readable_comments(campaign.consultation_id)
        .join(CampaignMember, CampaignMember.comment_id == Comment.id)
        .where(CampaignMember.campaign_id == campaign.id, CampaignMember.removed.is_(False))
        .with_only_columns(CampaignMember, Comment)
        .order_by(Comment.id)
    )
    return [(member, comment) for member, comment in session.execute(query)]


def _quotes(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the template's words stand in a sender's text, however its lines are broken; none: all of it."""
    if not words:
        return ()
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, text, re.IGNORECASE)
    return (match.span(),) if match else ()


def _undecided(comment_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    decided: set[uuid.UUID] = set()
    for block in blocks(comment_ids):
        query = select(Disposition.comment_id).where(
            Disposition.comment_id.in_(block), Disposition.layer == MAIN_LAYER
        )
        decided |= set(session.scalars(query))
    return set(comment_ids) - decided


def _settled(comment_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """The comments are locked from here on."""
    lock_comments(comment_ids)
    found: set[uuid.UUID] = set()
    for block in blocks(comment_ids):
        query = select(Disposition.comment_id).where(
            Disposition.comment_id.in_(block),
            Disposition.layer == MAIN_LAYER,
            Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
        )
        found |= set(session.scalars(query))
    return found


def _leave_undecided(comment_ids: Sequence[uuid.UUID]) -> None:
    for block in blocks(comment_ids):
        session.execute(
            delete(Disposition).where(
                Disposition.comment_id.in_(block),
                Disposition.layer == MAIN_LAYER,
                Disposition.value == DispositionValue.CODED,
            )
        )
