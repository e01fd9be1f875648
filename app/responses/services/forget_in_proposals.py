"""A discovered theme is named by words of its comments: not by words that are hidden now."""

import re
import uuid
from collections.abc import Iterable, Sequence, Set
from typing import Any

from sqlalchemy import select

from app.database import session
from app.models import Comment, Proposal, ProposalMember, ThemingRun

SHORTEST = 3  # letters; shorter words name nobody
WITHOUT_NAME = "Proposal without a name"


def forget_in_proposals(
    comment_ids: Iterable[uuid.UUID], hidden: Iterable[str], *, erased: bool = False
) -> None:
    """A word that another comment of the proposal says openly stays. `erased`: these are all the words of the
    comments, most of which others say too, so what runs told loses those alone that a proposal lost."""
    words, ids = {word for text in hidden for word in _words(text)}, list(comment_ids)
    if not words:
        return
    runs, lost = _held_runs(ids), set[str]()
    mine = select(ProposalMember.proposal_id).where(ProposalMember.comment_id.in_(ids))
    for proposal in session.scalars(select(Proposal).where(Proposal.id.in_(mine))):
        named = words & _words(" ".join([proposal.label, *map(str, proposal.terms)]))
        if gone := named - _said_openly(proposal.id, named):
            proposal.terms = [term for term in proposal.terms if not gone & _words(str(term))]
            proposal.label = _without(proposal.label, gone) or WITHOUT_NAME
            lost |= gone
    session.flush()
    _forget_in_comparisons(runs, lost if erased else words)


def _held_runs(comment_ids: list[uuid.UUID]) -> Sequence[ThemingRun]:
    """Before their proposals are read: a run that finishes reads them, and holds itself first."""
    of = select(Comment.consultation_id).where(Comment.id.in_(comment_ids))
    query = select(ThemingRun).where(ThemingRun.consultation_id.in_(of)).order_by(ThemingRun.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(held).all()


def _forget_in_comparisons(runs: Sequence[ThemingRun], words: Set[str]) -> None:
    """Runs tell of each other's proposals by their names, also once these are gone. A name that a proposal
    still has stays."""
    kept = set(session.scalars(select(Proposal.label).where(Proposal.run_id.in_([run.id for run in runs]))))

    def said(one: Any) -> Any:
        named = isinstance(one, str) and one not in kept and words & _words(one)
        return (_without(one, words) or WITHOUT_NAME) if named else one

    for run in runs:
        changed = run.figures.get("changed") or {}
        told = changed.get("proposals", {})
        now = {name: [[said(one) for one in row] for row in rows] for name, rows in told.items()}
        if now != told:
            run.figures = {**run.figures, "changed": {**changed, "proposals": now}}
    session.flush()


def _said_openly(proposal_id: uuid.UUID, words: set[str]) -> set[str]:
    if not words:
        return set()
    texts = session.scalars(
        select(Comment.redacted_text)
        .join(ProposalMember, ProposalMember.comment_id == Comment.id)
        .where(ProposalMember.proposal_id == proposal_id)
    )
    return {word for text in texts for word in words & _words(text)}


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST}


def _without(label: str, gone: Set[str]) -> str:
    kept = [part for part in label.split() if not _words(part) & gone]
    return " ".join(kept).strip(" ,;:–-")
