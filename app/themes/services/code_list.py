"""Giving one theme to a list of comments, or taking it off them: a batch, with one undo."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.behind import standing_coding
from app.counting.frame import frame
from app.database import blocks, session
from app.enums import BatchKind, CodingSource, DispositionValue, Stance
from app.models import MAIN_LAYER, Coding, CodingBatch, Disposition, Theme
from app.responses.queries.comment_listing import CommentList
from app.themes.queries.bulk_list import MOST, Action, sort_out
from app.themes.refusals import ListTooLong, SelectionChanged
from app.themes.services.ask_to_learn import ask_to_learn
from app.themes.services.code_comment import officer_of
from app.themes.services.write_codings import NewCoding, lock_comments, write_codings

KINDS = {Action.APPLY: BatchKind.APPLY_THEME, Action.REMOVE: BatchKind.REMOVE_THEME}
DONE = {Action.APPLY: "applied in bulk", Action.REMOVE: "removed in bulk"}


def code_list(
    theme: Theme,
    *,
    action: Action,
    asked: CommentList,
    stance: Stance | None,
    digest: str,
    left_out: Collection[uuid.UUID],
    filters: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> CodingBatch:
    """Pressed twice, it is done once. `filters`: how the list was asked for, kept with the batch.

    Raises SelectionChanged when the list is no longer the one that was previewed, and ListTooLong.
    """
    seen = sort_out(theme.consultation_id, asked, theme=theme, action=action)
    lock_comments(seen.ids)
    listed = sort_out(theme.consultation_id, asked, theme=theme, action=action)
    if listed.digest != digest:
        # A list that was done is another list: the same one again is to be done again.
        if (before := _pressed_before(theme, action, digest, left_out, actor)) is not None:
            return before
        raise SelectionChanged
    if len(listed.ids) > MOST:
        raise ListTooLong(MOST)
    ids = [one for one in listed.ids if one not in set(left_out)]
    batch = CodingBatch(
        consultation_id=theme.consultation_id, kind=KINDS[action], theme_id=theme.id,
        officer_id=officer_of(actor),
        criteria={"filters": dict(filters), "digest": digest, "left_out": _sorted(left_out)},
    )  # fmt: skip
    session.add(batch)
    session.flush()
    if action is Action.APPLY:
        batch.size = _apply(ids, theme, stance or Stance.NEUTRAL, batch)
    else:
        batch.size = _remove(ids, theme, batch, now)
    session.flush()
    record(
        DONE[action], actor=actor, now=now, subject="theme", subject_id=batch.id, subject_name=theme.code,
        consultation_id=batch.consultation_id, details={"size": batch.size},
    )  # fmt: skip
    ask_to_learn(batch.consultation_id, now=now)
    return batch


def _pressed_before(
    theme: Theme, action: Action, digest: str, left_out: Collection[uuid.UUID], actor: Actor
) -> CodingBatch | None:
    query = select(CodingBatch).where(
        CodingBatch.theme_id == theme.id,
        CodingBatch.kind == KINDS[action],
        CodingBatch.officer_id == officer_of(actor),
        CodingBatch.undone_at.is_(None),
    )
    same = {"digest": digest, "left_out": _sorted(left_out)}
    rows = session.scalars(query.order_by(CodingBatch.id.desc()).limit(20))
    return next((one for one in rows if same.items() <= one.criteria.items()), None)


def _sorted(left_out: Collection[uuid.UUID]) -> list[str]:
    return sorted(str(one) for one in left_out)


def _apply(ids: Sequence[uuid.UUID], theme: Theme, stance: Stance, batch: CodingBatch) -> int:
    """In blocks, so that the memory it takes does not grow with the list; the unit of work is one."""
    added = 0
    for block in blocks(ids):
        written = write_codings(
            [NewCoding(one, theme.id, stance) for one in block],
            officer_id=batch.officer_id, source=CodingSource.BULK, batch_id=batch.id,
        )  # fmt: skip
        added += len(written.added)
    return added


def _remove(ids: Sequence[uuid.UUID], theme: Theme, batch: CodingBatch, now: datetime) -> int:
    """The comments it was taken off; those left without any theme are undecided again."""
    family = frame(theme.consultation_id).under(theme.code)
    gone = {"removed_at": now, "removed_by_id": batch.officer_id, "removed_in_batch_id": batch.id}
    for block in blocks(ids):
        session.execute(
            update(Coding)
            .where(Coding.comment_id.in_(block), Coding.theme_id.in_(family), standing_coding())
            .values(gone)
        )
        still = select(Coding.comment_id).where(Coding.comment_id.in_(block), standing_coding())
        session.execute(
            delete(Disposition).where(
                Disposition.comment_id.in_(block),
                Disposition.comment_id.not_in(still),
                Disposition.layer == MAIN_LAYER,
                Disposition.value == DispositionValue.CODED,
            )
        )
    return len(ids)
