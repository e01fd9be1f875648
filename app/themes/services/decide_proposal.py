"""What a lead analyst makes of a theme that the software proposes."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ProposalFate
from app.models import FrameOperation, Proposal, ThemingRun
from app.themes.frame_refusals import FieldRefused, ProposalDecided, ProposalGone
from app.themes.services.add_theme import NewTheme, add_theme
from app.themes.services.change_frame import lock_frame
from app.themes.services.suggest_from_proposal import release, suggest_from


def accept_proposal(
    proposal_id: uuid.UUID, *, consultation_id: uuid.UUID, new: NewTheme, actor: Actor, now: datetime
) -> tuple[FrameOperation, int]:
    """The operation, and how many suggestions came with it. Raises FieldRefused, ProposalDecided."""
    lock_frame(consultation_id)
    proposal = _waiting(proposal_id, consultation_id)
    theme, operation = add_theme(
        new, consultation_id=consultation_id, actor=actor, now=now, details={"proposal": str(proposal.id)}
    )
    brought = suggest_from(proposal, theme_id=theme.id)
    _decide(proposal, ProposalFate.ACCEPTED, actor, theme_id=theme.id)
    return operation, brought


def put_into(
    proposal_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID,
    theme_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> int:
    """How many suggestions the theme got. Raises FieldRefused, ThemeGone, ProposalDecided."""
    change = lock_frame(consultation_id)
    proposal = _waiting(proposal_id, consultation_id)
    theme = change.chosen_to_go_into(theme_id)
    brought = suggest_from(proposal, theme_id=theme.id)
    _decide(proposal, ProposalFate.MERGED, actor, theme_id=theme.id)
    record(
        "put into a theme", actor=actor, now=now, subject="proposal", subject_id=proposal.id,
        subject_name=theme.code, consultation_id=consultation_id, details={"suggestions": brought},
    )  # fmt: skip
    return brought


def dismiss_proposal(
    proposal_id: uuid.UUID, *, consultation_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> None:
    """Raises FieldRefused without a reason, ProposalDecided."""
    lock_frame(consultation_id)
    proposal = _waiting(proposal_id, consultation_id)
    if not reason.strip():
        raise FieldRefused("reason", "Say why it is dismissed")
    _decide(proposal, ProposalFate.DISMISSED, actor, reason=reason.strip())
    record(
        "dismissed", actor=actor, now=now, subject="proposal", subject_id=proposal.id,
        consultation_id=consultation_id,
    )  # fmt: skip


def reopen_proposal(
    proposal_id: uuid.UUID, *, consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Waits again, after it was dismissed or put into a theme. One that became a theme comes back when the
    adding of the theme is undone. Raises ProposalDecided."""
    lock_frame(consultation_id)
    proposal = _locked(proposal_id, consultation_id)
    if proposal.fate is ProposalFate.ACCEPTED:
        raise ProposalDecided
    if proposal.fate is ProposalFate.OPEN:
        return
    release([proposal])
    record(
        "reopened", actor=actor, now=now, subject="proposal", subject_id=proposal.id,
        consultation_id=consultation_id,
    )  # fmt: skip


def _waiting(proposal_id: uuid.UUID, consultation_id: uuid.UUID) -> Proposal:
    proposal = _locked(proposal_id, consultation_id)
    if proposal.fate is not ProposalFate.OPEN:
        raise ProposalDecided
    return proposal


def _locked(proposal_id: uuid.UUID, consultation_id: uuid.UUID) -> Proposal:
    query = (
        select(Proposal)
        .join(ThemingRun, ThemingRun.id == Proposal.run_id)
        .where(Proposal.id == proposal_id, ThemingRun.consultation_id == consultation_id)
        .with_for_update(of=Proposal)
    )
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ProposalGone
    return found


def _decide(
    proposal: Proposal,
    fate: ProposalFate,
    actor: Actor,
    *,
    theme_id: uuid.UUID | None = None,
    reason: str = "",
) -> None:
    proposal.fate, proposal.theme_id, proposal.reason = fate, theme_id, reason
    proposal.officer_id = actor.officer_id
    session.flush()
