from typing import Any

from app.database import session
from app.enums import BatchKind, RunState, Stance
from app.models import (
    Coding,
    CodingBatch,
    CodingQuote,
    Comment,
    Consultation,
    Officer,
    Proposal,
    ProposalMember,
    Suggestion,
    Theme,
    ThemingRun,
)


def a_run(consultation: Consultation, **given: Any) -> ThemingRun:
    """A complete run, the one whose suggestions officers see."""
    values = {"number": 1, "state": RunState.COMPLETE, "engine_version": "test"}
    run = ThemingRun(consultation_id=consultation.id, **{**values, **given})
    session.add(run)
    session.flush()
    if run.state is RunState.COMPLETE:
        consultation.current_run_id = run.id
        session.flush()
    return run


def a_suggestion(run: ThemingRun, comment: Comment, theme: Theme, **given: Any) -> Suggestion:
    values = {
        "rank": 1,
        "probability": 0.82,
        "assigned": True,
        "stance": Stance.CONCERN,
        "start": 0,
        "end": len(comment.text),
        "reason": {"cue_words": ["bus"], "nearest": []},
    }
    suggestion = Suggestion(run_id=run.id, comment_id=comment.id, theme_id=theme.id, **{**values, **given})
    session.add(suggestion)
    session.flush()
    return suggestion


def a_coding(comment: Comment, theme: Theme, officer: Officer, **given: Any) -> Coding:
    """A row as it stands; the comment's disposition is the service's work."""
    coding = Coding(
        comment_id=comment.id,
        theme_id=theme.id,
        officer_id=officer.id,
        **{"stance": Stance.CONCERN, **given},
    )
    coding.quotes = [CodingQuote(start=0, end=len(comment.text))]
    session.add(coding)
    session.flush()
    return coding


def a_proposal(run: ThemingRun, comments: list[Comment], **given: Any) -> Proposal:
    values = {"key": "Q01-T01", "label": "Sunday buses", "terms": ["bus"], "size": len(comments)}
    proposal = Proposal(run_id=run.id, **{**values, **given})
    proposal.members = [
        ProposalMember(comment_id=comment.id, score=0.9, typical=True) for comment in comments
    ]
    session.add(proposal)
    session.flush()
    return proposal


def a_batch(consultation: Consultation, theme: Theme, officer: Officer, **given: Any) -> CodingBatch:
    batch = CodingBatch(
        consultation_id=consultation.id,
        theme_id=theme.id,
        officer_id=officer.id,
        **{"kind": BatchKind.ACCEPT_SUGGESTIONS, **given},
    )
    session.add(batch)
    session.flush()
    return batch
