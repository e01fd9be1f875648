"""Taking a decision over many comments back: codings, decisions and outcomes as they were before it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import blocks, session
from app.enums import BatchKind, DispositionValue
from app.models import MAIN_LAYER, AuditEvent, Coding, CodingBatch, Disposition, SuggestionDecision
from app.themes.refusals import ChangedByOthers, NotYours
from app.themes.services.code_comment import officer_of
from app.themes.services.restore_codings import decided_since, read_since, removed_in, restore
from app.themes.services.write_codings import lock_comments, standing_codings


def undo_batch(
    batch_id: uuid.UUID, *, consultation_id: uuid.UUID, everyones: bool, actor: Actor, now: datetime
) -> CodingBatch:
    """Undone twice, it is undone once. `everyones`: the officer may undo what others did.

    Raises NotYours, or ChangedByOthers when an officer has changed one of its codings since.
    """
    batch = session.scalars(
        select(CodingBatch)
        .where(CodingBatch.id == batch_id, CodingBatch.consultation_id == consultation_id)
        .with_for_update()
    ).one()
    if batch.officer_id != actor.officer_id and not everyones:
        raise NotYours
    if batch.undone_at is not None:
        return batch
    removed = removed_in(batch.id) if batch.kind is BatchKind.REMOVE_THEME else []
    comments = sorted({one.comment_id for one in removed}) or _comments(batch.id)
    lock_comments(comments)
    if (at := _changed_by_others(batch, officer_of(actor), removed)) is not None:
        raise ChangedByOthers(at)
    restore(removed)
    _remove_codings(batch, officer_of(actor), now)
    session.execute(delete(SuggestionDecision).where(SuggestionDecision.batch_id == batch.id))
    _reopen(batch, comments)
    batch.undone_at, batch.undone_by_id = now, officer_of(actor)
    session.flush()
    record(
        "undid", actor=actor, now=now, subject="batch", subject_id=batch.id,
        consultation_id=consultation_id, details={"size": batch.size},
    )  # fmt: skip
    return batch


def _comments(batch_id: uuid.UUID) -> list[uuid.UUID]:
    return sorted(set(session.scalars(select(Coding.comment_id).where(Coding.batch_id == batch_id))))


def _changed_by_others(batch: CodingBatch, undoing: uuid.UUID, removed: Sequence[Coding]) -> datetime | None:
    """When another officer last touched one of the batch's codings, by the audit log or by another batch, or
    read one of its comments whole and left them."""
    own = [batch.officer_id, undoing]
    if removed:
        return decided_since(batch, sorted({one.comment_id for one in removed}), own)
    read = read_since(batch, _comments(batch.id), own)
    mine = select(Coding.id).where(Coding.batch_id == batch.id)
    single = select(func.max(AuditEvent.at)).where(
        AuditEvent.subject_id.in_(mine), AuditEvent.officer_id.not_in(own)
    )
    taken_off = select(func.max(Coding.removed_at)).where(
        Coding.batch_id == batch.id, Coding.removed_by_id.not_in(own)
    )
    times = [at for at in (session.scalar(single), session.scalar(taken_off), read) if at is not None]
    return max(times, default=None)


def _remove_codings(batch: CodingBatch, officer_id: uuid.UUID, now: datetime) -> None:
    query = select(Coding).where(Coding.batch_id == batch.id, Coding.removed_at.is_(None))
    for coding in session.scalars(query):
        coding.removed_at, coding.removed_by_id, coding.removed_in_batch_id = now, officer_id, batch.id
    session.flush()


def _reopen(batch: CodingBatch, comments: Sequence[uuid.UUID]) -> None:
    """Comments that this batch decided are undecided again, unless another theme stands on them by now."""
    coded = {comment for comment, _, _ in standing_codings(comments)}
    for block in blocks([one for one in comments if one not in coded]):
        session.execute(
            delete(Disposition).where(
                Disposition.comment_id.in_(block),
                Disposition.layer == MAIN_LAYER,
                Disposition.batch_id == batch.id,
                Disposition.value == DispositionValue.CODED,
            )
        )
