"""The rows of a run: what the engine found, keyed by the run, so that writing them again doubles nothing.

An officer may hide words, or erase a response, while the engine works: what is stored is held against the
comments as they are now, which stay as they are until it is stored.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from app.database import blocks, session
from app.enums import ProposalFate, Stance
from app.models import (
    Comment,
    Consultation,
    Proposal,
    ProposalMember,
    Suggestion,
    ThemingRun,
)
from app.responses.hidden import Hidden, hide, open_cues
from app.responses.services.forget_in_proposals import forget_in_proposals, forget_in_wider
from app.themes.queries.run_inputs import RunComment, RunInputs, blanked

if TYPE_CHECKING:  # the web process has these functions and never loads the engine
    from app.theming.coding.matcher import Suggested
    from app.theming.discovery import proposals as engine

ALIKE = 0.5  # share of comments in both from which two proposals are one and the same


@dataclass(frozen=True)
class Shown:
    """A comment as officers read it at the moment; `text` is the redacted one."""

    hidden: Hidden
    text: str


def shown_now(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Shown]:
    """Whoever hides words of these comments waits, and then finds what was stored. Erased ones are not among
    them."""
    found: dict[uuid.UUID, Shown] = {}
    for block in blocks(sorted(ids)):
        query = (
            select(Comment.id, Comment.hidden, Comment.redacted_text)
            .where(Comment.id.in_(block), Comment.text != "")
            .order_by(Comment.id)
            .with_for_update(read=True)
        )
        found.update((row.id, Shown(row.hidden, row.redacted_text)) for row in session.execute(query))
    return found


def store_proposals(found: Sequence["engine.Proposal"], *, run_id: uuid.UUID, inputs: RunInputs) -> None:
    """A proposal that officers decided on before, by its comments, comes with that decision."""
    before = decided_before(run_id)
    keys = {
        key for one in found for key in (*(key for key, _ in one.members), *one.exemplars, *one.borderline)
    }
    comments = [inputs.by_key[key] for key in keys]
    shown = shown_now(one.id for one in comments)
    for one in found:
        members = {inputs.by_key[key].id: score for key, score in one.members}
        proposal = Proposal(
            run_id=run_id,
            key=one.key,
            parent_key=one.parent,
            question_id=inputs.question_ids.get(one.question or ""),
            label=one.label,
            terms=list(one.terms),
            size=one.size,
        )
        _take_over(proposal, set(members), before)
        session.add(proposal)
        session.flush()
        typical = {inputs.by_key[key].id for key in one.exemplars}
        borderline = {inputs.by_key[key].id for key in one.borderline} - typical
        _insert(
            ProposalMember,
            [
                {
                    "proposal_id": proposal.id,
                    "comment_id": comment_id,
                    "score": members.get(comment_id, 1.0),
                    "typical": comment_id in typical,
                    "borderline": comment_id in borderline,
                }
                for comment_id in sorted(members.keys() | typical | borderline)
            ],
        )
    _forget_what_was_hidden(comments, shown)
    _forget_what_was_erased(comments, shown, run_id)
    forget_in_wider([one.key for one in found], run_id=run_id)


def _forget_what_was_hidden(comments: Iterable[RunComment], shown: Mapping[uuid.UUID, Shown]) -> None:
    """Since the run read the comments."""
    gone: dict[uuid.UUID, set[str]] = {}
    for one in comments:
        now = shown.get(one.id)
        if now is not None and hide(one.text, blanked(now.hidden)) != one.given.text:
            gone[one.id] = {one.text[start:end] for start, end, _ in now.hidden}
    forget_in_proposals(gone, {words for hidden in gone.values() for words in hidden})


def _forget_what_was_erased(
    comments: Iterable[RunComment], shown: Mapping[uuid.UUID, Shown], run_id: uuid.UUID
) -> None:
    """They were stored with their proposals, so that those are found that they named."""
    gone = {one.id: one.text for one in comments if one.id not in shown}
    forget_in_proposals(gone, gone.values(), erased=True)
    mine = select(Proposal.id).where(Proposal.run_id == run_id)
    session.execute(
        delete(ProposalMember).where(
            ProposalMember.comment_id.in_(gone), ProposalMember.proposal_id.in_(mine)
        ),
        execution_options={"synchronize_session": False},
    )


def decided_before(run_id: uuid.UUID) -> list[tuple[Proposal, set[uuid.UUID]]]:
    """Decided proposals of the run in use, with their comments."""
    query = (
        select(Proposal, ProposalMember.comment_id)
        .join(ProposalMember, ProposalMember.proposal_id == Proposal.id)
        .join(Consultation, Consultation.current_run_id == Proposal.run_id)
        .join(ThemingRun, ThemingRun.consultation_id == Consultation.id)
        .where(ThemingRun.id == run_id, Proposal.fate != ProposalFate.OPEN)
    )
    found: dict[uuid.UUID, tuple[Proposal, set[uuid.UUID]]] = {}
    for proposal, comment_id in session.execute(query):
        found.setdefault(proposal.id, (proposal, set()))[1].add(comment_id)
    return list(found.values())


def alike(one: set[uuid.UUID], other: set[uuid.UUID]) -> bool:
    return bool(one) and len(one & other) >= ALIKE * len(one | other)


def _take_over(
    proposal: Proposal, members: set[uuid.UUID], before: Sequence[tuple[Proposal, set[uuid.UUID]]]
) -> None:
    for old, there in before:
        if alike(members, there):
            proposal.fate, proposal.theme_id = old.fate, old.theme_id
            proposal.officer_id, proposal.reason = old.officer_id, old.reason
            return


def store_suggestions(found: Sequence["Suggested"], *, run_id: uuid.UUID, inputs: RunInputs) -> None:
    """One block of comments: what an attempt that was cut off wrote for them goes first."""
    ids = [inputs.by_key[one.id].id for one in found]
    session.execute(
        delete(Suggestion).where(Suggestion.run_id == run_id, Suggestion.comment_id.in_(ids)),
        execution_options={"synchronize_session": False},
    )
    shown = shown_now(ids)
    _insert(Suggestion, [row for one in found for row in suggestion_rows(one, run_id, inputs, shown)])


def suggestion_rows(
    one: "Suggested", run_id: uuid.UUID, inputs: RunInputs, shown: Mapping[uuid.UUID, Shown]
) -> list[dict[str, Any]]:
    """None of a comment that is not shown any more."""
    now = shown.get(inputs.by_key[one.id].id)
    if now is None:
        return []
    return [
        {
            "run_id": run_id,
            "comment_id": inputs.by_key[one.id].id,
            "theme_id": inputs.theme_ids[made.code],
            "rank": rank,
            "probability": round(made.probability, 4),
            "assigned": made.assigned,
            "stance": Stance(made.stance),
            "start": made.start,
            "end": made.end,
            "reason": {
                "kind": made.reason.kind,
                "cues": open_cues(made.reason.cues, hidden=now.hidden, redacted_text=now.text),
                "nearest": [str(inputs.by_key[key].id) for key in made.reason.nearest],
            },
        }
        for rank, made in enumerate(one.suggestions, start=1)
    ]


def _insert(model: type[Suggestion] | type[ProposalMember], rows: Sequence[dict[str, Any]]) -> None:
    for block in blocks(rows):
        session.execute(insert(model), block)
