"""The job "learning": new suggestions for comments that nobody has decided, from what is coded by now, and
the order in which to read them. Comments that came after the run are read for the first time.

They replace those of the run in use, row by row: a theme that was suggested keeps its row and its id, so a
page that an officer has open never points to a suggestion that is gone, and one that fell behind the ten best
comes after them. A comment that has a coding, an outcome or a decision on any suggestion is left as it is:
what an officer saw when deciding stays what it was.
"""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import delete, exists, select

from app.counting.suggestions import current_run
from app.database import session
from app.enums import JobState
from app.jobs.work import CannotBeDone, Work
from app.models import (
    Comment,
    Job,
    ReadingOrder,
    Suggestion,
    ThemingRun,
)
from app.themes.queries.run_inputs import RunInputs, read_inputs
from app.themes.queries.unread import never_read, next_undecided, untouched
from app.themes.services.ask_to_learn import LEARNING
from app.themes.services.engine import engine
from app.themes.services.start_run import run_under_way
from app.themes.services.store_run import shown_now, suggestion_rows
from app.themes.services.triage_comments import triage_new
from app.themes.services.write_codings import lock_comments
from app.theming.coding.matcher import Suggested
from app.theming.encoders import Encoder
from app.theming.learning import Learner
from app.theming.reading_order import next_comments

AHEAD: Final = 300  # comments whose suggestions are made anew: more than a team reads in an hour
BLOCK: Final = 50  # comments in one transaction: an officer's save waits for no more
WORDS: Final = "Learning from what is coded"
SINCE: Final = "; since then "

_learners: dict[str, Learner] = {}
"""The last consultation's, by the digest of its comments and frame: made in seconds, then kept."""


def learn(work: Work) -> None:
    """The handler. Does nothing while a run is under way, for that learns by itself, nor where another of its
    kind is due: that one learns the same, and jobs of other kinds need not wait for both."""
    if work.consultation_id is None:
        raise CannotBeDone("The job names no consultation.")
    if _another_is_due(work):
        session.rollback()
        return
    run_id = session.scalar(current_run(work.consultation_id))
    busy = run_under_way(work.consultation_id) is not None
    inputs = read_inputs(work.consultation_id, and_late=True)
    waiting = next_undecided(work.consultation_id, run_id, most=AHEAD)
    new = never_read(work.consultation_id, run_id)
    session.rollback()  # nothing is held open while the engine works
    if run_id is None or busy:
        return
    unread = [one for one in inputs.comments if one.id in new]
    triage_new(unread, consultation_id=work.consultation_id, work=work)
    if not inputs.themes:
        return
    encoder = engine(len(inputs.comments)).encoder
    learner = _learner(inputs, encoder).learn(inputs.coded)
    keys = {one.id: one.given.id for one in inputs.comments}
    ids = [ident for ident in dict.fromkeys([*sorted(new), *waiting]) if ident in keys]
    likely: dict[str, dict[str, float]] = {}
    for at in range(0, len(ids), BLOCK):
        found = learner.suggest([keys[ident] for ident in ids[at : at + BLOCK]])
        chances = learner.probabilities([keys[ident] for ident in ids[at : at + BLOCK]])
        with work.step(done=min(at + BLOCK, len(ids)), total=len(ids), words=WORDS):
            _renew(found, chances, run_id=run_id, inputs=inputs)
        likely |= chances
    given = [one.given for one in inputs.comments if one.given.id in likely]
    order = next_comments(given, coded=inputs.coded, probabilities=likely, most=len(given), encoder=encoder)
    with work.step(done=len(ids), total=len(ids), words=WORDS):
        _put_in_order([inputs.by_key[key].id for key in order], run_id)
        _say_with_what(encoder.name, run_id)
        _keep_no_ledger_of(work)


def _learner(inputs: RunInputs, encoder: Encoder) -> Learner:
    parts = [repr((one.given, one.id)) for one in inputs.comments] + [repr(theme) for theme in inputs.themes]
    parts.append(encoder.name)
    key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    if key not in _learners:
        _learners.clear()
        _learners[key] = Learner([one.given for one in inputs.comments], inputs.themes, encoder=encoder)
    return _learners[key]


def _say_with_what(encoder: str, run_id: uuid.UUID) -> None:
    """Where the council chose another encoder since the run, its suggestions are of both from now on."""
    run = session.get_one(ThemingRun, run_id)
    if run.encoder.rsplit(SINCE, 1)[-1] != encoder:
        run.encoder += SINCE + encoder


def _put_in_order(ids: Sequence[uuid.UUID], run_id: uuid.UUID) -> None:
    """These comments change places among themselves: what is read before and after them stays where it is."""
    rows = {
        row.comment_id: row
        for row in session.scalars(
            select(ReadingOrder).where(ReadingOrder.run_id == run_id, ReadingOrder.comment_id.in_(ids))
        )
    }
    places = sorted(row.position for row in rows.values())
    for ident, place in zip((ident for ident in ids if ident in rows), places, strict=True):
        rows[ident].position = place


def _renew(
    found: Sequence[Suggested],
    chances: dict[str, dict[str, float]],
    *,
    run_id: uuid.UUID,
    inputs: RunInputs,
) -> None:
    """Suggestions of comments that are still untouched, when the run is still the one in use."""
    run = session.get_one(ThemingRun, run_id)
    if session.scalar(current_run(run.consultation_id)) != run_id:
        return
    codes = {theme_id: code for code, theme_id in inputs.theme_ids.items()}
    mine = {inputs.by_key[one.id].id: one for one in found}
    lock_comments(mine, deciding=False)
    shown = shown_now(mine)
    for comment_id in session.scalars(select(Comment.id).where(Comment.id.in_(mine), untouched())):
        there = session.scalars(
            select(Suggestion)
            .where(Suggestion.run_id == run_id, Suggestion.comment_id == comment_id)
            .order_by(Suggestion.rank)
        ).all()
        fresh = suggestion_rows(mine[comment_id], run_id, inputs, shown)
        _follow(there, fresh, chances[mine[comment_id].id], codes)


def _follow(
    there: Sequence[Suggestion],
    fresh: Sequence[dict[str, Any]],
    chances: dict[str, float],
    codes: dict[uuid.UUID, str],
) -> None:
    """The rows of one comment: those of the ten best themes anew, others after them."""
    old = {row.theme_id: row for row in there}
    for values in fresh:
        row = old.pop(values["theme_id"], None)
        if row is None:
            session.add(Suggestion(**values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
    for rank, row in enumerate(old.values(), start=len(fresh) + 1):
        row.rank, row.assigned = rank, False
        row.probability = round(chances.get(codes.get(row.theme_id, ""), 0.0), 4)


def _another_is_due(work: Work) -> bool:
    another = exists().where(
        Job.kind == LEARNING,
        Job.consultation_id == work.consultation_id,
        Job.id != work.job_id,
        Job.state == JobState.QUEUED,
        Job.run_after <= work.now(),
    )
    return bool(session.scalar(select(another)))


def _keep_no_ledger_of(work: Work) -> None:
    """Jobs like this one that are done: hundreds a day, and nobody asks for them."""
    session.execute(
        delete(Job).where(
            Job.kind == LEARNING, Job.consultation_id == work.consultation_id, Job.state == JobState.DONE
        ),
        execution_options={"synchronize_session": False},
    )
