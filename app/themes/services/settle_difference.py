"""Settling what two coders decided differently. It changes the coding that counts, never the figures."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import DispositionValue
from app.models import MAIN_LAYER, CheckSettlement, Coding
from app.themes.queries.check_samples import Code
from app.themes.queries.coder_differences import Difference
from app.themes.queries.frame import all_themes, resolved
from app.themes.services.code_comment import add_coding, officer_of, remove_coding, set_disposition
from app.themes.services.write_codings import lock_comments


class Choice(StrEnum):
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"


def settle_difference(
    difference: Difference,
    *,
    choice: Choice,
    reason: str,
    consultation_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Settled twice, it is settled once. What others changed since stays."""
    lock_comments([difference.comment_id])
    there = select(CheckSettlement.id).where(
        CheckSettlement.sample_id == difference.sample.id,
        CheckSettlement.comment_id == difference.comment_id,
    )
    if session.scalar(there) is not None:
        return
    if choice in (Choice.SECOND, Choice.BOTH):
        _apply(difference, choice, consultation_id, actor, now)
    session.add(
        CheckSettlement(
            sample_id=difference.sample.id, comment_id=difference.comment_id, officer_id=officer_of(actor),
            choice=choice.value, reason=reason,
        )
    )  # fmt: skip
    session.flush()
    record(
        "settled", actor=actor, now=now, subject="difference", subject_id=difference.comment_id,
        consultation_id=consultation_id, details={"choice": choice.value, "sample": difference.sample.number},
    )  # fmt: skip


def _apply(
    difference: Difference, choice: Choice, consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    first, second = difference.first.codes, difference.second.codes
    survivors = resolved(all_themes(consultation_id))
    if choice is Choice.SECOND:
        for row in _codings(difference.comment_id, MAIN_LAYER):
            if (survivors[row.theme_id].code, row.stance) in first - second:
                remove_coding(row.id, actor=actor, now=now)
    if second - first and not _codings(difference.comment_id, MAIN_LAYER):
        # An outcome of the first coder gives way to the themes of the second.
        set_disposition(difference.comment_id, value=DispositionValue.UNDECIDED, actor=actor, now=now)
    _add(difference, second - first, consultation_id, actor, now)
    if choice is Choice.SECOND and not second and not _codings(difference.comment_id, MAIN_LAYER):
        set_disposition(difference.comment_id, value=difference.second.outcome, actor=actor, now=now)


def _add(
    difference: Difference, wanted: Iterable[Code], consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    survivors = resolved(all_themes(consultation_id))
    for row in _codings(difference.comment_id, difference.sample.layer):
        if (survivors[row.theme_id].code, row.stance) in set(wanted):
            quotes = [(quote.start, quote.end) for quote in row.quotes]
            add_coding(
                difference.comment_id, theme_id=row.theme_id, stance=row.stance, quotes=quotes, actor=actor,
                now=now,
            )  # fmt: skip


def _codings(comment_id: uuid.UUID, layer: str) -> list[Coding]:
    query = select(Coding).where(
        Coding.comment_id == comment_id, Coding.layer == layer, Coding.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(Coding.id)))
