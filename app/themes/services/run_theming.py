"""The job "theming": from the comments as they stand to proposals and suggestions, in steps that survive.

The engine works between the steps, outside any transaction. A step writes its rows and its checkpoint
together, so whoever takes the job over goes on behind the last one; the engine gives the same for the same
input, so the rows are those of an unbroken run. If the input has changed by then, the run begins again.
Nobody sees a row of the run before the last step points the consultation to it.
"""

import uuid
from collections.abc import Callable, Set
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from sqlalchemy import select

from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.cleaning.services.record_duplicates import record_duplicates
from app.cleaning.services.record_triage import record_triage
from app.database import session
from app.enums import CampaignCopy, RunState
from app.jobs.work import CannotBeDone, Stopped, Work
from app.models import Suggestion, Theme, ThemingRun
from app.responses.queries.erased import erased_comments
from app.responses.services.forget_in_campaigns import template_among
from app.themes.queries.run_inputs import RunInputs, read_inputs
from app.themes.services.engine import Engine, engine
from app.themes.services.finish_run import finish_run
from app.themes.services.store_run import clear_run, store_proposals, store_suggestions
from app.themes.services.triage_comments import found_in
from app.theming.campaigns.grouping import Campaign, near_identical
from app.theming.coding.matcher import code_comments
from app.theming.discovery.proposals import discover_themes
from app.theming.reading_order import next_comments
from app.theming.triage.rules import code
from app.theming.triage.texts import triage_texts

BLOCK: Final = 200  # comments whose suggestions are written in one step
SAY_EVERY: Final = 1.0  # seconds between steps that only say how far the engine has got
ORDERED: Final = 200  # comments that the engine puts in order; the others follow by how unsure it is of them
MOST_TO_ORDER: Final = 20_000
FEWEST_SENDERS: Final = 3  # two alike are a possible duplicate, not a campaign

READING, CAMPAIGNS, GROUPING, SUGGESTING, KEEPING, FINISHING = (
    "Reading",
    "Looking for campaigns",
    "Grouping and naming",
    "Suggesting themes",
    "Keeping the suggestions",
    "Finishing",
)


@dataclass(frozen=True)
class Course:
    """A run under way. `total`: how many comments there are."""

    work: Work
    run_id: uuid.UUID
    inputs: RunInputs
    engine: Engine

    @property
    def total(self) -> int:
        return len(self.inputs.comments)

    @property
    def consultation_id(self) -> uuid.UUID:
        if self.work.consultation_id is None:
            raise CannotBeDone("The run names no consultation.")
        return self.work.consultation_id

    def has(self, stage: str) -> bool:
        return bool(self.work.checkpoint.get(stage))

    def reached(self, **stages: Any) -> dict[str, Any]:
        return {**self.work.checkpoint, **stages}


def run_theming(work: Work) -> None:
    """The handler. Raises CannotBeDone when the engine's own files are not what they should be."""
    inputs = _inputs(work)
    course = Course(work, uuid.UUID(work.arguments["run"]), inputs, engine(len(inputs.comments)))
    made_from = [inputs.digest, course.engine.encoder.name, course.engine.weights]
    if work.checkpoint.get("made_from") != made_from:
        _begin(course, made_from)
    for stage, do in STAGES:
        if not course.has(stage):
            do(course)


def _inputs(work: Work) -> RunInputs:
    if work.consultation_id is None:
        raise CannotBeDone("The run names no consultation.")
    inputs = read_inputs(work.consultation_id)
    session.rollback()  # nothing is held open while the engine works
    return inputs


def _begin(course: Course, made_from: list[str]) -> None:
    """What an earlier attempt wrote from other input, or with another engine, goes."""
    fresh = {"made_from": made_from}
    with course.work.step(done=0, total=course.total, words=READING, checkpoint=fresh):
        clear_run(course.run_id)
        run = session.get_one(ThemingRun, course.run_id)
        run.inputs_digest, run.encoder, run.engine_version = made_from
        run.parameters = {"block": BLOCK, **course.engine.told}


def _triage(course: Course) -> None:
    comments = course.inputs.comments
    found = triage_texts([one.text for one in comments], progress=_watch(course, READING))
    groups = near_identical([(one.given.id, one.text) for one in comments])
    campaigns = [group for group in groups if len(group.members) >= FEWEST_SENDERS]
    listed = {member.id for group in campaigns for member in group.members}
    doubtful = {member.id for group in groups if _is_pair(group) for member in group.members}
    further = {key: code("campaign") for key in listed} | {key: code("duplicate") for key in doubtful}
    triage = [
        found_in(one.id, what, further.get(one.given.id)) for one, what in zip(comments, found, strict=True)
    ]
    pairs = [_pair(group, course.inputs) for group in groups if _is_pair(group)]
    with course.work.step(
        done=course.total, total=course.total, words=CAMPAIGNS, checkpoint=course.reached(triage=True)
    ):
        gone = erased_comments(course.consultation_id)  # some of them since the run read them
        recorded = record_triage(
            [one for one in triage if one.comment_id not in gone], consultation_id=course.consultation_id
        )
        alike = [pair for pair in pairs if gone.isdisjoint(pair)]
        record_duplicates(alike, consultation_id=course.consultation_id)
        kept = [_campaign(group, course.inputs, gone) for group in campaigns]
        kept = [one for one in kept if len(one.members) >= FEWEST_SENDERS]
        record_campaigns(kept, consultation_id=course.consultation_id)
        run = session.get_one(ThemingRun, course.run_id)
        run.figures = {
            "comments": course.total,
            "coded": len(course.inputs.coded),
            "themes": len(course.inputs.themes),
            "flags": recorded.flags,
            "personal_data": recorded.personal_data,
            "campaigns": len(kept),
        }


def _is_pair(group: Campaign) -> bool:
    """Of two responses: one person may well write the same under two questions."""
    people = {member.id.rsplit(".", 1)[0] for member in group.members}
    return len(group.members) < FEWEST_SENDERS and len(people) > 1


def _pair(group: Campaign, inputs: RunInputs) -> tuple[uuid.UUID, uuid.UUID]:
    one, other = (inputs.by_key[member.id].id for member in group.members)
    return one, other


def _campaign(group: Campaign, inputs: RunInputs, gone: Set[uuid.UUID]) -> FoundCampaign:
    left = [one for one in group.members if inputs.by_key[one.id].id not in gone]
    members = (FoundMember(inputs.by_key[one.id].id, CampaignCopy(one.kind), one.own_words) for one in left)
    texts = {inputs.by_key[one.id].text for one in left}
    return FoundCampaign(template_among(texts, before=group.template), tuple(members))


def _discover(course: Course) -> None:
    given = [one.given for one in course.inputs.comments]
    found = discover_themes(given, encoder=course.engine.encoder, progress=_watch(course, GROUPING))
    with course.work.step(
        done=course.total, total=course.total, words=GROUPING, checkpoint=course.reached(proposals=True)
    ):
        store_proposals(found, run_id=course.run_id, inputs=course.inputs)


def _suggest(course: Course) -> None:
    given = [one.given for one in course.inputs.comments]
    inputs = course.inputs
    found = (
        code_comments(
            given,
            inputs.themes,
            coded=inputs.coded,
            encoder=course.engine.encoder,
            progress=_watch(course, SUGGESTING),
        )
        if inputs.themes
        else []
    )
    for at in range(int(course.work.checkpoint.get("suggested", 0)), len(found), BLOCK):
        upto = min(at + BLOCK, len(found))
        checkpoint = course.reached(suggested=upto)
        with course.work.step(done=upto, total=course.total, words=KEEPING, checkpoint=checkpoint):
            store_suggestions(found[at:upto], run_id=course.run_id, inputs=inputs)
    with course.work.step(
        done=course.total, total=course.total, words=KEEPING, checkpoint=course.reached(suggestions=True)
    ):
        pass


def _first_to_read(course: Course) -> list[uuid.UUID]:
    """The engine's own choice of what to read first; none of very many comments: it would take too long."""
    if course.total > MOST_TO_ORDER:
        return []
    chances: dict[str, dict[str, float]] = {}
    keys = {one.id: one.given.id for one in course.inputs.comments}
    query = select(Suggestion.comment_id, Theme.code, Suggestion.probability)
    rows = query.join(Theme, Theme.id == Suggestion.theme_id).where(Suggestion.run_id == course.run_id)
    for comment_id, code_, probability in session.execute(rows):
        chances.setdefault(keys[comment_id], {})[code_] = probability
    session.rollback()  # nothing is held open while the engine works
    given = [one.given for one in course.inputs.comments]
    order = next_comments(
        given,
        coded=course.inputs.coded,
        probabilities=chances,
        most=ORDERED,
        encoder=course.engine.encoder,
    )
    return [course.inputs.by_key[key].id for key in order]


def _finish(course: Course) -> None:
    run_id, now = course.run_id, course.work.now()
    first = _first_to_read(course)
    checkpoint = course.reached(finished=True)
    with course.work.step(done=course.total, total=course.total, words=FINISHING, checkpoint=checkpoint):
        if session.get_one(ThemingRun, run_id).state is RunState.RUNNING:
            finish_run(run_id, first=first, now=now)


STAGES: Final[tuple[tuple[str, Callable[[Course], None]], ...]] = (
    ("triage", _triage),
    ("proposals", _discover),
    ("suggestions", _suggest),
    ("finished", _finish),
)


def _watch(course: Course, words: str) -> Callable[[int, int], None]:
    """Says how far the engine has got, and stops it where an officer or the runner asks for that."""
    last = monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if course.work.stop_asked():
            raise Stopped
        if monotonic() - last >= SAY_EVERY:
            with course.work.step(done=done, total=total, words=words):
                pass
            last = monotonic()

    return report
