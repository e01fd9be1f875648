"""The suggestions that a proposal brings to the theme it became or went into; never codings."""

import re
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from app.database import blocks, session
from app.enums import ProposalFate, Stance
from app.models import Coding, Comment, Proposal, ProposalMember, Suggestion
from app.responses.hidden import to_stored

KIND = "proposal"
LEAST, MOST = 0.05, 0.95
AFTER_THE_RUNS_OWN = 11  # the run itself ranks ten
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def suggest_from(proposal: Proposal, *, theme_id: uuid.UUID) -> int:
    """How many were made: comments that have a suggestion for the theme already get none."""
    there = set(
        session.scalars(
            select(Suggestion.comment_id).where(
                Suggestion.run_id == proposal.run_id, Suggestion.theme_id == theme_id
            )
        )
    )
    members = session.execute(
        select(ProposalMember, Comment)
        .join(Comment, Comment.id == ProposalMember.comment_id)
        .where(ProposalMember.proposal_id == proposal.id, Comment.is_current)
        .order_by(ProposalMember.comment_id)
    ).all()
    fresh = [(member, comment) for member, comment in members if comment.id not in there]
    stances = _stances(proposal.run_id, [comment.id for _, comment in fresh])
    for member, comment in fresh:
        first, last, cues = _span(comment.redacted_text, proposal.terms)
        start, end = to_stored(comment.hidden, first, last)
        session.add(
            Suggestion(
                run_id=proposal.run_id, comment_id=comment.id, theme_id=theme_id, rank=AFTER_THE_RUNS_OWN,
                probability=round(min(MOST, max(LEAST, member.score)), 4), assigned=True,
                stance=stances.get(comment.id, Stance.NEUTRAL), start=start, end=end,
                reason={"kind": KIND, "cues": cues, "nearest": [], "proposal": str(proposal.id)},
            )
        )  # fmt: skip
    session.flush()
    return len(fresh)


def release(proposals: Iterable[Proposal]) -> None:
    """They wait again. Their suggestions go, but for those that a coding came from."""
    for proposal in proposals:
        query = select(Suggestion).where(
            Suggestion.run_id == proposal.run_id, Suggestion.theme_id == proposal.theme_id
        )
        mine = [one.id for one in session.scalars(query) if one.reason.get("proposal") == str(proposal.id)]
        for block in blocks(sorted(mine)):
            built_on = select(Coding.id).where(Coding.suggestion_id == Suggestion.id).exists()
            session.execute(delete(Suggestion).where(Suggestion.id.in_(block), ~built_on))
        proposal.fate, proposal.theme_id, proposal.officer_id = ProposalFate.OPEN, None, None
        proposal.reason = ""
    session.flush()


def _stances(run_id: uuid.UUID, comment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Stance]:
    """That of the likeliest theme which the run suggests for the comment."""
    found: dict[uuid.UUID, Stance] = {}
    for block in blocks(sorted(comment_ids)):
        query = select(Suggestion.comment_id, Suggestion.stance).where(
            Suggestion.run_id == run_id, Suggestion.comment_id.in_(block)
        )
        for comment_id, stance in session.execute(query.order_by(Suggestion.rank)):
            found.setdefault(comment_id, stance)
    return found


def _span(text: str, terms: Sequence[str]) -> tuple[int, int, list[str]]:
    """The first sentence with one of the terms, or the whole comment."""
    for match in SENTENCE.finditer(text):
        cues = [term for term in terms if re.search(rf"\b{re.escape(term)}", match[0], re.IGNORECASE)]
        if cues:
            lead = len(match[0]) - len(match[0].lstrip())
            return match.start() + lead, match.end(), cues
    return 0, len(text), []
