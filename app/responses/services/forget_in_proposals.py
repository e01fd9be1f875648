"""A discovered theme is named by words of its comments: not by words that are hidden now."""

import re
import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.database import session
from app.models import Comment, Proposal, ProposalMember

SHORTEST = 3  # letters; shorter words name nobody
WITHOUT_NAME = "Proposal without a name"


def forget_in_proposals(comment_ids: Iterable[uuid.UUID], hidden: Iterable[str]) -> None:
    """A word that another comment of the proposal says openly stays."""
    words = {word for text in hidden for word in _words(text)}
    mine = select(ProposalMember.proposal_id).where(ProposalMember.comment_id.in_(list(comment_ids)))
    for proposal in session.scalars(select(Proposal).where(Proposal.id.in_(mine))):
        named = words & _words(" ".join([proposal.label, *map(str, proposal.terms)]))
        if gone := named - _said_openly(proposal.id, named):
            proposal.terms = [term for term in proposal.terms if not gone & _words(str(term))]
            proposal.label = _without(proposal.label, gone) or WITHOUT_NAME
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


def _without(label: str, gone: set[str]) -> str:
    kept = [part for part in label.split() if not _words(part) & gone]
    return " ".join(kept).strip(" ,;:–-")
