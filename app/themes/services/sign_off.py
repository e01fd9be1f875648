"""A lead analyst says that the coding is done: the frame and the figures are kept as they are then."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.consultations.services.change_stage import change_stage
from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.counting.themes import theme_counts
from app.database import session
from app.models import Comment, Consultation, SignOff
from app.themes.queries.frame import all_themes
from app.themes.queries.sign_off import checklist
from app.themes.refusals import NotReadyToSignOff
from app.themes.services.change_frame import keep_version
from app.themes.services.code_comment import officer_of


def sign_off(consultation: Consultation, *, actor: Actor, now: datetime) -> SignOff:
    """Waits for officers who are coding; later ones are told. Signed off twice, it is signed off once.

    Raises NotReadyToSignOff, or StageRefused when the stage was changed meanwhile.
    """
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    standing = _standing(consultation)
    if standing is not None:
        return standing
    session.execute(
        select(Comment.id)
        .where(Comment.consultation_id == consultation.id, Comment.is_current)
        .order_by(Comment.id)
        .with_for_update()
    )
    missing = [one.words for one in checklist(consultation, now=now) if one.needed and not one.done]
    if missing:
        raise NotReadyToSignOff(
            f"The coding cannot be signed off yet: {missing[0][0].lower()}{missing[0][1:]}."
        )
    version = keep_version(consultation.id, all_themes(consultation.id), actor=actor)
    signed = SignOff(
        consultation_id=consultation.id,
        officer_id=officer_of(actor),
        frame_version_id=version.id,
        figures=_figures(consultation),
    )
    session.add(signed)
    session.flush()
    change_stage(consultation.id, move="sign-off", actor=actor, now=now)
    return signed


def reopen(consultation: Consultation, *, reason: str, actor: Actor, now: datetime) -> None:
    """Raises StageRefused: no reason, or the report is published."""
    change_stage(consultation.id, move="unsign", actor=actor, now=now, reason=reason)
    standing = _standing(consultation)
    if standing is not None:
        standing.reopened_at, standing.reopened_by_id = now, officer_of(actor)
        standing.reopened_reason = reason.strip()
        session.flush()


def _standing(consultation: Consultation) -> SignOff | None:
    query = select(SignOff).where(SignOff.consultation_id == consultation.id, SignOff.reopened_at.is_(None))
    return session.scalars(query.with_for_update()).first()


def _figures(consultation: Consultation) -> dict[str, Any]:
    progress, responses = comment_progress(consultation.id), reconciliation(consultation.id)
    return {
        "comments": progress.comments,
        "undecided": progress.undecided,
        "received": responses.received,
        "included": responses.included,
        "themes": {row.code: [row.respondents, row.comments] for row in theme_counts(consultation.id)},
    }
