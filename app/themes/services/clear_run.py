"""Rows of runs that nobody needs any more go in small steps: on SQLite nobody can send while one is written.

What an officer built on stays: codings point to the suggestions they came from.
"""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, select

from app.database import blocks, session
from app.enums import ProposalFate
from app.jobs.services.enqueue import enqueue
from app.jobs.work import Work
from app.models import Coding, Proposal, ProposalMember, ReadingOrder, Suggestion, ThemingRun

CLEARING: Final = "clearing"
AT_ONCE = 1000  # suggestions: a fraction of a second


def ask_to_clear(run: ThemingRun, *, now: datetime) -> None:
    """A job for the rows of a run that will never be in use. Until it is done they are like those of a run
    under way: on no page, and within reach of whoever hides or erases words."""
    enqueue(
        CLEARING,
        arguments={"run": str(run.id)},
        now=now,
        consultation_id=run.consultation_id,
        idempotency_key=f"{CLEARING}:{run.id}",
    )


def clear_ended(work: Work) -> None:
    """The handler. Taken over, it goes on with what is left."""
    clear_in_steps(uuid.UUID(work.arguments["run"]), work=work, total=1)


def clear_in_steps(run_id: uuid.UUID, *, work: Work, total: int, done: int = 0, words: str = "") -> None:
    more = True
    while more:
        with work.step(done=done, total=total, words=words):
            more = _clear_some_suggestions(run_id)
    with work.step(done=done, total=total, words=words):
        _clear_the_rest(run_id)


def _clear_some_suggestions(run_id: uuid.UUID) -> bool:
    """Whether there were any."""
    some = list(session.scalars(select(Suggestion.id).where(*_not_built_on(run_id)).limit(AT_ONCE)))
    for block in blocks(some):
        session.execute(
            delete(Suggestion).where(Suggestion.id.in_(block)),
            execution_options={"synchronize_session": False},
        )
    return bool(some)


def _not_built_on(run_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return (Suggestion.run_id == run_id, ~exists().where(Coding.suggestion_id == Suggestion.id))


def _clear_the_rest(run_id: uuid.UUID) -> None:
    mine = select(Proposal.id).where(Proposal.run_id == run_id, Proposal.fate == ProposalFate.OPEN)
    for members in (
        delete(ProposalMember).where(ProposalMember.proposal_id.in_(mine)),
        delete(Proposal).where(Proposal.run_id == run_id, Proposal.fate == ProposalFate.OPEN),
        delete(ReadingOrder).where(ReadingOrder.run_id == run_id),
    ):
        session.execute(members, execution_options={"synchronize_session": False})
