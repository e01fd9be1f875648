"""The step that puts a run in use, and what is left of one that did not get there."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from app.accounts.actor import SYSTEM
from app.accounts.services.record import record
from app.counting.suggestions import current_run
from app.database import session
from app.enums import JobState, RunState
from app.jobs.work import Ended
from app.models import Consultation, Proposal, ProposalMember, Suggestion, ThemingRun
from app.themes.queries.suggestions import LIKELY
from app.themes.queries.unread import never_read
from app.themes.services.ask_to_learn import READ_WHEN_LATE, ask_to_learn
from app.themes.services.clear_run import ask_to_clear
from app.themes.services.compare_runs import Comparison, as_it_is_now, compare, nets_of

RUNS_KEPT = 2


@dataclass(frozen=True)
class Reckoned:
    """What a run says of itself, and beside the run before."""

    figures: dict[str, Any]
    beside: Comparison


def reckon(run_id: uuid.UUID) -> Reckoned:
    """It reads every suggestion of two runs, so do it before the transaction that finishes the run."""
    run = session.get_one(ThemingRun, run_id)
    before = session.scalar(current_run(run.consultation_id))
    return Reckoned(_figures(run_id), compare(before, run_id))


def finish_run(run_id: uuid.UUID, *, now: datetime, reckoned: Reckoned) -> None:
    """In one transaction the run is complete and officers see it. Words that are being hidden meanwhile are
    waited for: `forget_in_proposals` holds the run too."""
    run = session.get_one(ThemingRun, run_id, with_for_update={"key_share": True})
    if session.scalar(current_run(run.consultation_id)) != reckoned.beside.before:
        reckoned = reckon(run_id)
    changed = as_it_is_now(reckoned.beside).changed
    run.figures = {**run.figures, **reckoned.figures, "changed": changed}
    run.state, run.completed_at = RunState.COMPLETE, now
    session.execute(
        update(Consultation).where(Consultation.id == run.consultation_id).values(current_run_id=run_id)
    )
    _ask_for_what_came_meanwhile(run.consultation_id, run_id, now=now)
    record(
        "finished", actor=SYSTEM, now=now, subject="run", subject_id=run_id, subject_name=str(run.number),
        consultation_id=run.consultation_id,
    )  # fmt: skip


def _ask_for_what_came_meanwhile(consultation_id: uuid.UUID, run_id: uuid.UUID, *, now: datetime) -> None:
    """After the run had read its comments and before it was in use, late comments are nobody's to read."""
    stage = session.scalar(select(Consultation.stage).where(Consultation.id == consultation_id))
    if stage in READ_WHEN_LATE and never_read(consultation_id, run_id):
        ask_to_learn(consultation_id, now=now)


def end_run(ended: Ended) -> None:
    """A run whose job failed or was stopped leaves its line in the list, and its rows for another job."""
    run = session.scalar(select(ThemingRun).where(ThemingRun.job_id == ended.job_id))
    if run is None or run.state is not RunState.RUNNING:
        return
    run.state = RunState.STOPPED if ended.state is JobState.STOPPED else RunState.FAILED
    ask_to_clear(run, now=ended.now)


def _figures(run_id: uuid.UUID) -> dict[str, Any]:
    suggestions = select(func.count(Suggestion.id)).where(Suggestion.run_id == run_id)
    likely = suggestions.where(Suggestion.probability >= LIKELY)
    comments = select(func.count(Suggestion.comment_id.distinct())).where(Suggestion.run_id == run_id)
    members = select(ProposalMember.proposal_id).where(Proposal.id == ProposalMember.proposal_id).exists()
    proposals = select(func.count(Proposal.id)).where(
        Proposal.run_id == run_id, members, Proposal.key.not_in(nets_of(run_id))
    )
    return {
        "suggestions": session.scalar(suggestions) or 0,
        "likely": session.scalar(likely) or 0,
        "commented": session.scalar(comments) or 0,
        "proposals": session.scalar(proposals) or 0,
    }


def older_runs(consultation_id: uuid.UUID) -> list[uuid.UUID]:
    """Those that make room: the one in use and the one before are kept."""
    query = (
        select(ThemingRun.id)
        .where(ThemingRun.consultation_id == consultation_id, ThemingRun.state == RunState.COMPLETE)
        .order_by(ThemingRun.number.desc())
        .offset(RUNS_KEPT)
    )
    return list(session.scalars(query))
