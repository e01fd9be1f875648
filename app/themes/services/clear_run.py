"""Rows of runs that nobody needs any more go in small steps: on SQLite nobody can send while one is written.

What an officer built on stays: codings point to the suggestions they came from, and of a run that was in use
the proposals that were decided.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, exists, select

from app.database import blocks, session
from app.enums import ProposalFate
from app.jobs.services.enqueue import enqueue
from app.jobs.work import Work
from app.models import Coding, Proposal, ProposalMember, ReadingOrder, Suggestion, ThemingRun

CLEARING: Final = "clearing"
AT_ONCE = 1000  # rows: a fraction of a second
Table = type[Suggestion] | type[ReadingOrder] | type[ProposalMember] | type[Proposal]


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
    """The checkpoint counts the rows of the steps before: a worker that ends in here got somewhere."""
    cleared = int(work.checkpoint.get("cleared", 0))
    for table, ids in _rows(run_id):
        gone = AT_ONCE
        while gone == AT_ONCE:
            checkpoint = {**work.checkpoint, "cleared": cleared}
            with work.step(done=done, total=total, words=words, checkpoint=checkpoint):
                gone = _clear_some(table, ids, run_id)
            cleared += gone


def _rows(run_id: uuid.UUID) -> Iterator[tuple[Table, Select[Any]]]:
    """What holds others after what is in it."""
    used = exists().where(ThemingRun.id == run_id, ThemingRun.completed_at.is_not(None))
    nobody_needs = (Proposal.run_id == run_id, (Proposal.fate == ProposalFate.OPEN) | ~used)
    built_on = exists().where(Coding.suggestion_id == Suggestion.id)
    inside = ProposalMember.proposal_id.in_(select(Proposal.id).where(*nobody_needs))
    yield Suggestion, select(Suggestion.id).where(Suggestion.run_id == run_id, ~built_on)
    yield ReadingOrder, select(ReadingOrder.id).where(ReadingOrder.run_id == run_id)
    yield ProposalMember, select(ProposalMember.id).where(inside)
    yield Proposal, select(Proposal.id).where(*nobody_needs)


def _clear_some(table: Table, ids: Select[Any], run_id: uuid.UUID) -> int:
    """How many; AT_ONCE at most. `forget_in_proposals`, which reads such rows and then changes them, holds
    the run too."""
    session.execute(select(ThemingRun.id).where(ThemingRun.id == run_id).with_for_update(key_share=True))
    some = list(session.scalars(ids.limit(AT_ONCE)))
    for block in blocks(some):
        session.execute(
            delete(table).where(table.id.in_(block)), execution_options={"synchronize_session": False}
        )
    return len(some)
