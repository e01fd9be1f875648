"""The first stage of a run: what needs handling in each comment, then campaigns and possible duplicates.

What is found in the comments is written in blocks: on SQLite nobody can send a response while a step writes.
"""

import uuid
from collections.abc import Mapping, Sequence, Set
from typing import Final

from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.cleaning.services.record_duplicates import record_duplicates
from app.cleaning.services.record_triage import FoundInComment, forget_triage_of_others, record_triage
from app.database import session
from app.enums import CampaignCopy
from app.models import ThemingRun
from app.responses.queries.erased import erased_comments
from app.responses.services.forget_in_campaigns import template_among
from app.themes.queries.run_inputs import RunInputs
from app.themes.services.course import Course, watch
from app.themes.services.triage_comments import found_in
from app.theming.campaigns.grouping import Campaign, near_identical
from app.theming.triage.rules import code
from app.theming.triage.texts import triage_texts

BLOCK: Final = 250  # comments whose findings are written in one step
FEWEST_SENDERS: Final = 3  # two alike are a possible duplicate, not a campaign
READING, KEEPING, CAMPAIGNS = "Reading", "Keeping what was found", "Looking for campaigns"


def run_triage(course: Course) -> None:
    comments = course.inputs.comments
    groups = near_identical([(one.given.id, one.text) for one in comments])
    found = _found(course, _further(groups))
    for at in range(int(course.work.checkpoint.get("triaged", 0)), course.total, BLOCK):
        block = found[at : at + BLOCK]
        upto = at + len(block)
        with course.work.step(
            done=upto, total=course.total, words=KEEPING, checkpoint=course.reached(triaged=upto)
        ):
            _record(course, block)
    with course.work.step(
        done=course.total, total=course.total, words=CAMPAIGNS, checkpoint=course.reached(triage=True)
    ):
        read = {one.comment_id for one in found}
        forget_triage_of_others(read, consultation_id=course.consultation_id, before=course.run_id)
        gone = erased_comments(course.consultation_id)  # some of them since the run read them
        left = [one for one in found if one.comment_id not in gone]
        session.get_one(ThemingRun, course.run_id).figures = {
            "comments": course.total,
            "coded": len(course.inputs.coded),
            "themes": len(course.inputs.themes),
            "flags": sum(len(one.codes) for one in left),
            "personal_data": sum(len(set(one.personal_data)) for one in left),
            "campaigns": _record_groups(course, groups, gone),
        }


def _further(groups: Sequence[Campaign]) -> dict[str, str]:
    """The handling code that takes more than one comment to find, by the comment's key."""
    further = {member.id: code("campaign") for one in groups if _is_campaign(one) for member in one.members}
    return further | {
        member.id: code("duplicate") for one in groups if _is_pair(one) for member in one.members
    }


def _found(course: Course, further: Mapping[str, str]) -> list[FoundInComment]:
    comments = course.inputs.comments
    triage = triage_texts([one.text for one in comments], progress=watch(course, READING))
    return [
        found_in(one.id, what, further.get(one.given.id)) for one, what in zip(comments, triage, strict=True)
    ]


def _record(course: Course, block: Sequence[FoundInComment]) -> None:
    gone = erased_comments(course.consultation_id, {one.comment_id for one in block})
    record_triage(
        [one for one in block if one.comment_id not in gone],
        consultation_id=course.consultation_id,
        only={one.comment_id for one in block},
    )


def _record_groups(course: Course, groups: Sequence[Campaign], gone: Set[uuid.UUID]) -> int:
    """How many campaigns there are."""
    pairs = [_pair(group, course.inputs) for group in groups if _is_pair(group)]
    alike = [pair for pair in pairs if gone.isdisjoint(pair)]
    record_duplicates(alike, consultation_id=course.consultation_id)
    kept = [_campaign(group, course.inputs, gone) for group in groups if _is_campaign(group)]
    kept = [one for one in kept if len(one.members) >= FEWEST_SENDERS]
    return record_campaigns(kept, consultation_id=course.consultation_id)


def _is_campaign(group: Campaign) -> bool:
    return len(group.members) >= FEWEST_SENDERS


def _is_pair(group: Campaign) -> bool:
    """Of two responses: one person may well write the same under two questions."""
    people = {member.id.rsplit(".", 1)[0] for member in group.members}
    return not _is_campaign(group) and len(people) > 1


def _pair(group: Campaign, inputs: RunInputs) -> tuple[uuid.UUID, uuid.UUID]:
    one, other = (inputs.by_key[member.id].id for member in group.members)
    return one, other


def _campaign(group: Campaign, inputs: RunInputs, gone: Set[uuid.UUID]) -> FoundCampaign:
    left = [one for one in group.members if inputs.by_key[one.id].id not in gone]
    members = (FoundMember(inputs.by_key[one.id].id, CampaignCopy(one.kind), one.own_words) for one in left)
    texts = {inputs.by_key[one.id].text for one in left}
    return FoundCampaign(template_among(texts, before=group.template), tuple(members))
