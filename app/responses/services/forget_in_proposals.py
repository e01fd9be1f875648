"""A discovered theme is named by words of its comments: not by words that are hidden now."""

import re
import uuid
from collections.abc import Iterable, Sequence, Set
from typing import Any

from sqlalchemy import or_, select, tuple_

from app.database import session
from app.models import Comment, Proposal, ProposalMember, ThemingRun

SHORTEST = 3  # letters; shorter words name nobody
WITHOUT_NAME = "Proposal without a name"


def forget_in_proposals(
    comment_ids: Iterable[uuid.UUID], hidden: Iterable[str], *, erased: bool = False
) -> None:
    """A word that another comment of the proposal says openly stays. `erased`: these are all the words of the
    comments, most of which others say too, so what runs told loses those alone that a proposal lost, or that
    nobody says any more."""
    words, ids = {word for text in hidden for word in _words(text)}, list(comment_ids)
    if not words:
        return
    runs, lost = _held_runs(ids), set[str]()
    for proposal in _named_by(ids):
        named = words & _named(proposal)
        if gone := named - _said_openly(proposal, named):
            _lose(proposal, gone)
            lost |= gone
    session.flush()
    _forget_in_comparisons(runs, words, and_said=lost if erased else words)


def forget_in_wider(keys: Iterable[str], *, run_id: uuid.UUID) -> None:
    """Proposals with these keys that hold others have only words that those still have. Call it when a run
    stores them: those under them were stored before, perhaps in another transaction, and whoever hid words
    meanwhile found only them."""
    session.flush()
    session.execute(select(ThemingRun.id).where(ThemingRun.id == run_id).with_for_update(key_share=True))
    under: dict[str, set[str]] = {}
    rows = select(Proposal.parent_key, Proposal.label, Proposal.terms).where(Proposal.run_id == run_id)
    for parent, label, terms in session.execute(rows.where(Proposal.parent_key.in_(list(keys)))):
        under.setdefault(parent, set()).update(_words(" ".join([label, *map(str, terms)])))
    wider = select(Proposal).where(Proposal.run_id == run_id, Proposal.key.in_(under))
    for proposal in session.scalars(wider):
        if gone := _named(proposal) - under[proposal.key]:
            _lose(proposal, gone)
    session.flush()


def _named(proposal: Proposal) -> set[str]:
    return _words(" ".join([proposal.label, *map(str, proposal.terms)]))


def _lose(proposal: Proposal, gone: Set[str]) -> None:
    proposal.terms = [term for term in proposal.terms if not gone & _words(str(term))]
    proposal.label = _without(proposal.label, gone) or WITHOUT_NAME


def _named_by(comment_ids: list[uuid.UUID]) -> list[Proposal]:
    """The proposals that the comments are in, and the wider ones, which are named by those under them."""
    mine = select(ProposalMember.proposal_id).where(ProposalMember.comment_id.in_(comment_ids))
    found = list(session.scalars(select(Proposal).where(Proposal.id.in_(mine))))
    above = {(one.run_id, one.parent_key) for one in found if one.parent_key} - {
        (one.run_id, one.key) for one in found
    }
    nets = select(Proposal).where(tuple_(Proposal.run_id, Proposal.key).in_(above))
    return found + (list(session.scalars(nets)) if above else [])


def _held_runs(comment_ids: list[uuid.UUID]) -> Sequence[ThemingRun]:
    """Before their proposals are read: a run that finishes reads them, and holds itself first."""
    of = select(Comment.consultation_id).where(Comment.id.in_(comment_ids))
    query = select(ThemingRun).where(ThemingRun.consultation_id.in_(of)).order_by(ThemingRun.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(held).all()


def _forget_in_comparisons(runs: Sequence[ThemingRun], words: Set[str], *, and_said: Set[str]) -> None:
    """Runs tell of each other's proposals by their names, also once these are gone. A name that a proposal
    still has stays. `and_said`: those of the words that go although somebody else may say them."""
    kept = set(session.scalars(select(Proposal.label).where(Proposal.run_id.in_([run.id for run in runs]))))
    named = {word for run in runs for label in _labels(_told(run)) - kept for word in words & _words(label)}
    gone = {word for word in named if word in and_said or not _anybody_says(word, runs)}

    def said(one: Any) -> Any:
        named = isinstance(one, str) and one not in kept and gone & _words(one)
        return (_without(one, gone) or WITHOUT_NAME) if named else one

    for run in runs:
        told = _told(run)
        now = {name: [[said(one) for one in row] for row in rows] for name, rows in told.items()}
        if now != told:
            changed = {**run.figures["changed"], "proposals": now}
            run.figures = {**run.figures, "changed": changed}
    session.flush()


def _told(run: ThemingRun) -> dict[str, list[list[Any]]]:
    changed = run.figures.get("changed") or {}
    told: dict[str, list[list[Any]]] = changed.get("proposals", {})
    return told


def _labels(told: dict[str, list[list[Any]]]) -> set[str]:
    return {one for rows in told.values() for row in rows for one in row if isinstance(one, str)}


def _anybody_says(word: str, runs: Sequence[ThemingRun]) -> bool:
    """Openly, in a comment of these runs' consultation."""
    texts = session.scalars(
        select(Comment.redacted_text)
        .where(Comment.consultation_id.in_({run.consultation_id for run in runs}), Comment.is_current)
        .where(Comment.redacted_text.icontains(word, autoescape=True))
        .execution_options(yield_per=100)
    )
    return any(word in _words(text) for text in texts)


def _said_openly(proposal: Proposal, words: set[str]) -> set[str]:
    """By its comments, or by those of the proposals under it."""
    if not words:
        return set()
    under = (Proposal.run_id == proposal.run_id) & (Proposal.parent_key == proposal.key)
    texts = session.scalars(
        select(Comment.redacted_text)
        .join(ProposalMember, ProposalMember.comment_id == Comment.id)
        .join(Proposal, Proposal.id == ProposalMember.proposal_id)
        .where(or_(Proposal.id == proposal.id, under))
    )
    return {word for text in texts for word in words & _words(text)}


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST}


def _without(label: str, gone: Set[str]) -> str:
    """Each name of a wider proposal, which has several, is cleared by itself."""
    left = (
        " ".join(part for part in name.split() if not _words(part) & gone).strip(" ,;:–-")
        for name in label.split(" / ")
    )
    return " / ".join(name for name in left if name)
