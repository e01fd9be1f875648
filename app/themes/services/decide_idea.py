"""What a lead analyst makes of the themes that coders miss. Accepted, their quotes become codings by them."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import CodingSource, ProposalFate, Stance
from app.models import ThemeIdea
from app.themes.frame_refusals import FieldRefused, ProposalDecided
from app.themes.services.add_theme import NewTheme, add_theme
from app.themes.services.change_frame import lock_frame
from app.themes.services.write_codings import NewCoding, lock_comments, standing_codings, write_codings


def accept_ideas(
    ids: Sequence[uuid.UUID],
    *,
    consultation_id: uuid.UUID,
    new: NewTheme,
    actor: Actor,
    now: datetime,
) -> int:
    """How many codings came of it. Raises a Refusal."""
    lock_frame(consultation_id)
    ideas = _waiting(ids, consultation_id)
    theme, _ = add_theme(
        new, consultation_id=consultation_id, actor=actor, now=now,
        details={"ideas": [str(idea.id) for idea in ideas]},
    )  # fmt: skip
    return _become(ideas, theme.id, ProposalFate.ACCEPTED, actor=actor, now=now, code=theme.code)


def put_ideas_into(
    ids: Sequence[uuid.UUID],
    *,
    consultation_id: uuid.UUID,
    theme_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> int:
    """How many codings came of it. Raises a Refusal."""
    change = lock_frame(consultation_id)
    ideas = _waiting(ids, consultation_id)
    theme = change.chosen_to_go_into(theme_id)
    return _become(ideas, theme.id, ProposalFate.MERGED, actor=actor, now=now, code=theme.code)


def dismiss_ideas(
    ids: Sequence[uuid.UUID], *, consultation_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> None:
    lock_frame(consultation_id)
    ideas = _waiting(ids, consultation_id)
    if not reason.strip():
        raise FieldRefused("reason", "Say why it is dismissed")
    for idea in ideas:
        idea.fate, idea.decided_by_id, idea.reason = ProposalFate.DISMISSED, actor.officer_id, reason.strip()
    session.flush()
    record(
        "dismissed", actor=actor, now=now, subject="theme_idea", subject_id=ideas[0].id,
        consultation_id=consultation_id,
    )  # fmt: skip


def reopen_ideas(
    ids: Sequence[uuid.UUID], *, consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Dismissed ones wait again. Raises ProposalDecided."""
    lock_frame(consultation_id)
    ideas = _with_fate(ProposalFate.DISMISSED, ids, consultation_id)
    for idea in ideas:
        idea.fate, idea.decided_by_id, idea.reason = ProposalFate.OPEN, None, ""
    session.flush()
    record(
        "reopened", actor=actor, now=now, subject="theme_idea", subject_id=ideas[0].id,
        consultation_id=consultation_id,
    )  # fmt: skip


def _waiting(ids: Sequence[uuid.UUID], consultation_id: uuid.UUID) -> Sequence[ThemeIdea]:
    return _with_fate(ProposalFate.OPEN, ids, consultation_id)


def _with_fate(
    fate: ProposalFate, ids: Sequence[uuid.UUID], consultation_id: uuid.UUID
) -> Sequence[ThemeIdea]:
    query = (
        select(ThemeIdea)
        .where(ThemeIdea.id.in_(ids), ThemeIdea.consultation_id == consultation_id)
        .order_by(ThemeIdea.id)
        .with_for_update()
    )
    found = session.scalars(query.execution_options(populate_existing=True)).all()
    if not found or any(idea.fate is not fate for idea in found):
        raise ProposalDecided
    return found


def _become(
    ideas: Sequence[ThemeIdea],
    theme_id: uuid.UUID,
    fate: ProposalFate,
    *,
    actor: Actor,
    now: datetime,
    code: str,
) -> int:
    """An idea about a comment that was changed or withdrawn since has nothing to code any more.

    The coding is the coder's, so its stance is too: the one that they gave the theme on the comment, and
    neutral while they have given none.
    """
    there = lock_comments({idea.comment_id for idea in ideas})
    stances = {
        (coding.comment_id, coding.officer_id): coding.stance
        for coding in standing_codings(there).values()
        if coding.theme_id == theme_id
    }
    made = 0
    for idea in ideas:
        idea.fate, idea.theme_id, idea.decided_by_id = fate, theme_id, actor.officer_id
        if idea.comment_id in there:
            stance = stances.get((idea.comment_id, idea.officer_id), Stance.NEUTRAL)
            new = NewCoding(idea.comment_id, theme_id, stance, ((idea.start, idea.end),))
            written = write_codings([new], officer_id=idea.officer_id, source=CodingSource.SINGLE)
            made += len(written.added)
    session.flush()
    record(
        "put into a theme", actor=actor, now=now, subject="theme_idea", subject_id=ideas[0].id,
        subject_name=code, consultation_id=ideas[0].consultation_id, details={"codings": made},
    )  # fmt: skip
    return made
