"""The job "theming": from the comments as they stand to proposals and suggestions, in steps that survive.

The engine works between the steps, outside any transaction. A step writes its rows and its checkpoint
together, so whoever takes the job over goes on behind the last one; the engine gives the same for the same
input, so the rows are those of an unbroken run. If the input or the engine is another by then, the run begins
again. Nobody sees a row of the run before the step that finishes it points the consultation to it; then older
runs make room, and a run that is taken over there does not begin again.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select

from app.database import session
from app.enums import RunState
from app.jobs.work import CannotBeDone, Work
from app.models import Suggestion, Theme, ThemingRun
from app.themes.queries.run_inputs import RunInputs, read_inputs
from app.themes.services.clear_run import clear_in_steps
from app.themes.services.course import Course, watch
from app.themes.services.engine import engine
from app.themes.services.finish_run import finish_run, older_runs, reckon
from app.themes.services.order_reading import reading_order, write_order
from app.themes.services.run_triage import run_triage
from app.themes.services.store_run import store_proposals, store_suggestions
from app.theming.coding.matcher import code_comments
from app.theming.discovery.proposals import Proposal, discover_themes
from app.theming.reading_order import next_comments

BLOCK: Final = 100  # comments whose suggestions are written in one step
MEMBERS: Final = 1500  # of the proposals that are written in one step, or a few more
PLACES: Final = 2000  # in the order of reading that are written in one step
ORDERED: Final = 200  # comments that the engine puts in order; the others follow by how unsure it is of them
MOST_TO_ORDER: Final = 20_000

READING, GROUPING, SUGGESTING, KEEPING, FINISHING, MAKING_ROOM = (
    "Reading",
    "Grouping and naming",
    "Suggesting themes",
    "Keeping the suggestions",
    "Finishing",
    "Making room",
)


def run_theming(work: Work) -> None:
    """The handler. Raises CannotBeDone when the engine's own files are not what they should be."""
    inputs = _inputs(work)
    course = Course(work, uuid.UUID(work.arguments["run"]), inputs, engine(len(inputs.comments)))
    made_from = _made_from(course)
    if not course.has("finished") and work.checkpoint.get("made_from") != made_from:
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


def _made_from(course: Course) -> list[str]:
    used = course.engine
    return [course.inputs.digest, used.encoder.name, used.weights, used.proposing.name]


def _begin(course: Course, made_from: list[str]) -> None:
    """What an earlier attempt wrote from other input, or with another engine, goes."""
    fresh = {"made_from": made_from}
    if course.work.checkpoint:
        # Broken off in here it begins again, even if its input is the earlier attempt's by then.
        if course.work.checkpoint.get("made_from"):
            nothing: dict[str, Any] = {"made_from": []}
            with course.work.step(done=0, total=course.total, words=READING, checkpoint=nothing):
                pass
        clear_in_steps(course.run_id, work=course.work, total=course.total, words=READING)
    with course.work.step(done=0, total=course.total, words=READING, checkpoint=fresh):
        run = session.get_one(ThemingRun, course.run_id)
        run.inputs_digest, run.encoder, run.engine_version, proposing = made_from
        run.parameters = {"block": BLOCK, "proposing": proposing, **course.engine.told}


def _discover(course: Course) -> None:
    given = [one.given for one in course.inputs.comments]
    found = discover_themes(given, encoder=course.engine.proposing, progress=watch(course, GROUPING))
    stored = int(course.work.checkpoint.get("proposed", 0))
    for upto, block in _by_members(found, after=stored):
        checkpoint = course.reached(proposed=upto)
        with course.work.step(done=course.total, total=course.total, words=GROUPING, checkpoint=checkpoint):
            store_proposals(block, run_id=course.run_id, inputs=course.inputs)
    with course.work.step(
        done=course.total, total=course.total, words=GROUPING, checkpoint=course.reached(proposals=True)
    ):
        pass


def _by_members(found: Sequence[Proposal], *, after: int) -> Iterator[tuple[int, list[Proposal]]]:
    """Proposals that are stored in one step, and how many are stored then."""
    block: list[Proposal] = []
    for upto, one in enumerate(found[after:], after + 1):
        block.append(one)
        if upto == len(found) or sum(len(some.members) for some in block) >= MEMBERS:
            yield upto, block
            block = []


def _suggest(course: Course) -> None:
    given = [one.given for one in course.inputs.comments]
    inputs = course.inputs
    found = (
        code_comments(
            given,
            inputs.themes,
            coded=inputs.coded,
            encoder=course.engine.encoder,
            progress=watch(course, SUGGESTING),
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
    _order(course)
    reckoned = reckon(run_id)
    session.rollback()
    checkpoint = course.reached(finished=True)
    with course.work.step(done=course.total, total=course.total, words=FINISHING, checkpoint=checkpoint):
        if session.get_one(ThemingRun, run_id).state is RunState.RUNNING:
            finish_run(run_id, now=now, reckoned=reckoned)


def _order(course: Course) -> None:
    run_id, total = course.run_id, course.total
    ordered = reading_order(run_id, first=_first_to_read(course))
    session.rollback()
    for at in range(0, len(ordered), PLACES):
        with course.work.step(done=total, total=total, words=FINISHING):
            write_order(run_id, ordered[at : at + PLACES], at=at)


def _make_room(course: Course) -> None:
    """Of runs before the last two."""
    for old in older_runs(course.consultation_id):
        clear_in_steps(old, work=course.work, done=course.total, total=course.total, words=MAKING_ROOM)


STAGES: Final[tuple[tuple[str, Callable[[Course], None]], ...]] = (
    ("triage", run_triage),
    ("proposals", _discover),
    ("suggestions", _suggest),
    ("finished", _finish),
    ("room", _make_room),
)
