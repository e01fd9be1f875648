"""The last step of a run, and what is left of one that did not get there."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from app.accounts.actor import SYSTEM
from app.accounts.services.record import record
from app.counting.suggestions import current_run
from app.database import session
from app.enums import JobState, RunState
from app.jobs.work import Ended
from app.models import Consultation, Proposal, ProposalMember, Suggestion, Theme, ThemingRun
from app.themes.queries.suggestions import LIKELY
from app.themes.services.order_reading import order_reading
from app.themes.services.store_run import alike, clear_run

RUNS_KEPT = 2
Assigned = dict[uuid.UUID, frozenset[uuid.UUID]]  # the themes of each comment


def finish_run(run_id: uuid.UUID, *, now: datetime, first: Sequence[uuid.UUID] = ()) -> None:
    """In one transaction the run is complete, officers see it, and older ones make room. `first`: what the
    engine would have read first."""
    run = session.get_one(ThemingRun, run_id)
    before = session.scalar(current_run(run.consultation_id))
    run.figures = {**run.figures, **_figures(run_id), "changed": _changed(before, run_id)}
    run.state, run.completed_at = RunState.COMPLETE, now
    session.flush()
    order_reading(run_id, first=first)
    session.execute(
        update(Consultation).where(Consultation.id == run.consultation_id).values(current_run_id=run_id)
    )
    for old in _older(run.consultation_id):
        clear_run(old)
    record(
        "finished", actor=SYSTEM, now=now, subject="run", subject_id=run_id, subject_name=str(run.number),
        consultation_id=run.consultation_id,
    )  # fmt: skip


def end_run(ended: Ended) -> None:
    """A run whose job failed or was stopped leaves its line in the list and no rows."""
    run = session.scalar(select(ThemingRun).where(ThemingRun.job_id == ended.job_id))
    if run is None or run.state is not RunState.RUNNING:
        return
    run.state = RunState.STOPPED if ended.state is JobState.STOPPED else RunState.FAILED
    clear_run(run.id)


def _figures(run_id: uuid.UUID) -> dict[str, Any]:
    suggestions = select(func.count(Suggestion.id)).where(Suggestion.run_id == run_id)
    likely = suggestions.where(Suggestion.probability >= LIKELY)
    comments = select(func.count(Suggestion.comment_id.distinct())).where(Suggestion.run_id == run_id)
    members = select(ProposalMember.proposal_id).where(Proposal.id == ProposalMember.proposal_id).exists()
    proposals = select(func.count(Proposal.id)).where(
        Proposal.run_id == run_id, members, Proposal.key.not_in(_nets(run_id))
    )
    return {
        "suggestions": session.scalar(suggestions) or 0,
        "likely": session.scalar(likely) or 0,
        "commented": session.scalar(comments) or 0,
        "proposals": session.scalar(proposals) or 0,
    }


def _nets(run_id: uuid.UUID) -> Any:
    return select(Proposal.parent_key).where(Proposal.run_id == run_id, Proposal.parent_key.is_not(None))


def _changed(before: uuid.UUID | None, run_id: uuid.UUID) -> dict[str, Any] | None:
    """Against the run before: proposals that appeared or are gone, comments that would be coded otherwise,
    and for each theme on how many it is suggested now and no longer."""
    if before is None:
        return None
    old, new = _groups(before), _groups(run_id)
    appeared = sum(not any(alike(one, other) for other in old) for one in new)
    gone = sum(not any(alike(one, other) for other in new) for one in old)
    earlier, later = _assigned(before), _assigned(run_id)
    differ = sum(earlier.get(key) != later.get(key) for key in earlier.keys() | later.keys())
    themes = _by_theme(earlier, later)
    return {"appeared": appeared, "gone": gone, "comments": differ, "themes": themes}


def _by_theme(earlier: Assigned, later: Assigned) -> dict[str, list[int]]:
    """By code: [new, gone]."""
    nothing: frozenset[uuid.UUID] = frozenset()
    new: Counter[uuid.UUID] = Counter()
    gone: Counter[uuid.UUID] = Counter()
    for key in earlier.keys() | later.keys():
        new.update(later.get(key, nothing) - earlier.get(key, nothing))
        gone.update(earlier.get(key, nothing) - later.get(key, nothing))
    query = select(Theme.id, Theme.code).where(Theme.id.in_(new.keys() | gone.keys())).order_by(Theme.code)
    return {code: [new[key], gone[key]] for key, code in session.execute(query)}


def _groups(run_id: uuid.UUID) -> list[set[uuid.UUID]]:
    query = (
        select(Proposal.id, ProposalMember.comment_id)
        .join(ProposalMember, ProposalMember.proposal_id == Proposal.id)
        .where(Proposal.run_id == run_id, Proposal.key.not_in(_nets(run_id)))
    )
    groups: dict[uuid.UUID, set[uuid.UUID]] = {}
    for proposal_id, comment_id in session.execute(query):
        groups.setdefault(proposal_id, set()).add(comment_id)
    return list(groups.values())


def _assigned(run_id: uuid.UUID) -> Assigned:
    query = select(Suggestion.comment_id, Suggestion.theme_id).where(
        Suggestion.run_id == run_id, Suggestion.assigned
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for comment_id, theme_id in session.execute(query):
        found.setdefault(comment_id, set()).add(theme_id)
    return {key: frozenset(themes) for key, themes in found.items()}


def _older(consultation_id: uuid.UUID) -> list[uuid.UUID]:
    query = (
        select(ThemingRun.id)
        .where(ThemingRun.consultation_id == consultation_id, ThemingRun.state == RunState.COMPLETE)
        .order_by(ThemingRun.number.desc())
        .offset(RUNS_KEPT)
    )
    return list(session.scalars(query))
