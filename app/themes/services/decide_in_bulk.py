"""One decision over many suggestions: a batch, with one line in the audit log and one undo."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import blocks, session
from app.enums import BatchKind, CodingSource, Decision
from app.models import CodingBatch, Suggestion, Theme
from app.themes.queries.bulk import chosen_ids, digest_of
from app.themes.queries.suggestions import Band
from app.themes.refusals import SelectionChanged
from app.themes.services.ask_to_learn import ask_to_learn
from app.themes.services.code_comment import officer_of
from app.themes.services.decide import as_coding, remember
from app.themes.services.write_codings import lock_comments, write_codings


def accept_in_bulk(
    theme: Theme,
    *,
    band: Band,
    digest: str,
    left_out: Collection[uuid.UUID],
    actor: Actor,
    now: datetime,
) -> CodingBatch:
    """Raises SelectionChanged when the list is no longer the one that was previewed."""
    chosen = _chosen(theme, band, digest, left_out)
    batch = _batch(BatchKind.ACCEPT_SUGGESTIONS, theme, band, left_out, officer_of(actor))
    written = write_codings(
        [as_coding(one) for one in chosen],
        officer_id=officer_of(actor), source=CodingSource.BULK, batch_id=batch.id,
    )  # fmt: skip
    remember(chosen, Decision.ACCEPTED, officer_id=officer_of(actor), batch_id=batch.id)
    batch.size = len(written.added)
    _record("accepted in bulk", batch, theme, actor=actor, now=now)
    return batch


def dismiss_in_bulk(
    theme: Theme,
    *,
    band: Band,
    digest: str,
    left_out: Collection[uuid.UUID],
    actor: Actor,
    now: datetime,
) -> CodingBatch:
    """Raises SelectionChanged when the list is no longer the one that was previewed."""
    chosen = _chosen(theme, band, digest, left_out)
    batch = _batch(BatchKind.DISMISS_SUGGESTIONS, theme, band, left_out, officer_of(actor))
    decided = remember(chosen, Decision.DISMISSED, officer_id=officer_of(actor), batch_id=batch.id)
    batch.size = len(decided)
    _record("dismissed in bulk", batch, theme, actor=actor, now=now)
    return batch


def _chosen(theme: Theme, band: Band, digest: str, left_out: Collection[uuid.UUID]) -> list[Suggestion]:
    """The comments are locked first and the list made after, so that nobody decides in between."""
    seen = chosen_ids(theme.consultation_id, theme=theme.code, band=band)
    lock_comments({one.comment_id for one in _rows(seen)})
    chosen = chosen_ids(theme.consultation_id, theme=theme.code, band=band)
    if digest_of(chosen) != digest:
        raise SelectionChanged
    return _rows([key for key in chosen if key not in left_out])


def _rows(ids: Iterable[uuid.UUID]) -> list[Suggestion]:
    wanted = sorted(ids)
    return [
        row
        for block in blocks(wanted)
        for row in session.scalars(select(Suggestion).where(Suggestion.id.in_(block)))
    ]


def _batch(
    kind: BatchKind, theme: Theme, band: Band, left_out: Collection[uuid.UUID], officer_id: uuid.UUID
) -> CodingBatch:
    batch = CodingBatch(
        consultation_id=theme.consultation_id,
        kind=kind,
        theme_id=theme.id,
        officer_id=officer_id,
        criteria={
            "least": band.least,
            "under": band.under,
            "left_out": sorted(str(one) for one in left_out),
        },
    )
    session.add(batch)
    session.flush()
    return batch


def _record(action: str, batch: CodingBatch, theme: Theme, *, actor: Actor, now: datetime) -> None:
    session.flush()
    record(
        action, actor=actor, now=now, subject="suggestions", subject_id=batch.id, subject_name=theme.code,
        consultation_id=batch.consultation_id, details={"size": batch.size, **batch.criteria},
    )  # fmt: skip
    ask_to_learn(batch.consultation_id, now=now)
