"""Redaction as pages ask for it: the words go from the comment, and quotations with them from reports."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from app.accounts.actor import Actor
from app.cleaning.services.redact import decide_found, hidden_words, hide_words
from app.database import session
from app.models import Comment, Redaction
from app.reporting.services.quotations import take_quotations_out, tells

WHY = "took redacted quotations out of"


def redact(
    comment_id: uuid.UUID,
    *,
    words: str,
    kind: str,
    reason: str,
    everywhere: bool,
    decides: bool,
    original: bool,
    actor: Actor,
    now: datetime,
) -> list[Redaction]:
    """Raises CleaningRefused."""
    rows = hide_words(
        comment_id, words=words, kind=kind, reason=reason, everywhere=everywhere, decides=decides,
        original=original, actor=actor, now=now,
    )  # fmt: skip
    _out_of_reports(comment_id, rows, actor=actor, now=now)
    return rows


def accept_found(
    comment_id: uuid.UUID, *, kinds: Mapping[uuid.UUID, str], actor: Actor, now: datetime
) -> list[Redaction]:
    """Raises CleaningRefused."""
    rows = decide_found(comment_id, kinds=kinds, actor=actor, now=now)
    _out_of_reports(comment_id, rows, actor=actor, now=now)
    return rows


def _out_of_reports(comment_id: uuid.UUID, rows: Sequence[Redaction], *, actor: Actor, now: datetime) -> None:
    words = hidden_words(rows)
    if not words:
        return
    comment = session.get_one(Comment, comment_id)
    mine = {str(row.comment_id) for row in rows}
    take_quotations_out(
        comment.consultation_id,
        lambda quote: quote["comment_id"] in mine and any(tells(quote["text"], word) for word in words),
        actor=actor,
        now=now,
        why=WHY,
    )
