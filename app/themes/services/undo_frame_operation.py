"""Taking a change of the frame back. Codings made since stay where the officer put them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts.actor import Actor
from app.database import blocks, session
from app.enums import FrameOperationKind
from app.models import Coding, CodingQuote, FrameOperation, FrameOperationItem, Proposal
from app.themes.frame_refusals import StillCoded, StillHolds, UndoRefused
from app.themes.queries.frame_history import coded_themes, codes_of, steps_that_stand, why_not
from app.themes.services.change_frame import FrameChange, lock_frame, lock_going
from app.themes.services.code_comment import officer_of
from app.themes.services.read_again import take_back
from app.themes.services.retire_theme import take_out
from app.themes.services.suggest_from_proposal import release
from app.themes.services.write_codings import lock_comments


def undo_frame_operation(
    operation_id: uuid.UUID, *, consultation_id: uuid.UUID, actor: Actor, now: datetime
) -> FrameOperation:
    """The operation that was undone; undone twice, it is undone once. Raises UndoRefused, FrameSignedOff."""
    change = lock_frame(consultation_id)
    query = select(FrameOperation).where(
        FrameOperation.id == operation_id, FrameOperation.consultation_id == consultation_id
    )
    done = session.scalars(query.execution_options(populate_existing=True)).one()
    if done.undone_by_id is not None:
        return done
    standing, coded = steps_that_stand(consultation_id), coded_themes(consultation_id)
    reason = why_not(done.id, standing, codes_of(consultation_id), coded)
    if reason is not None:
        raise UndoRefused(reason)
    _take_back(change, done, actor=actor, now=now)
    undo = change.finish(
        FrameOperationKind.UNDO, actor=actor, now=now, action="undid", name=done.details.get("name", ""),
        details={"kind": done.kind.value, "undoes": str(done.id)},
    )  # fmt: skip
    done.undone_by_id = undo.id
    session.flush()
    return done


def _take_back(change: FrameChange, done: FrameOperation, *, actor: Actor, now: datetime) -> None:
    if "asked_at" in done.details:
        take_back(change.themes, asked_at=datetime.fromisoformat(done.details["asked_at"]))
    items = _items(done.id)
    moved = [item for item in items if item.coding_id is not None]
    _bring_back(moved, officer_id=officer_of(actor), now=now)
    for item in sorted(items, key=lambda one: change.themes[one.theme_id].is_net):
        theme = change.themes[item.theme_id]
        if item.coding_id is not None:
            continue
        if item.before is not None:
            if item.before.get("merged_into_id", item) is None:
                lock_going(theme)  # officers who are coding with it are to be told that it is a theme again
            if item.before.get("retired_at") and theme.retired_at is None:
                _take_out(change, item.theme_id, now=now)  # it was brought back, and may be coded by now
            change.restore(theme, item.before)
        elif done.kind is FrameOperationKind.SPLIT:
            change.touch(theme)
            theme.merged_into_id = theme.merged_into_id or _split_from(change, done)
        else:
            _take_out(change, item.theme_id, now=now)
            release(session.scalars(select(Proposal).where(Proposal.theme_id == item.theme_id)))


def _items(operation_id: uuid.UUID) -> Sequence[FrameOperationItem]:
    query = select(FrameOperationItem).where(FrameOperationItem.operation_id == operation_id)
    return session.scalars(query.order_by(FrameOperationItem.id)).all()


def _split_from(change: FrameChange, done: FrameOperation) -> uuid.UUID:
    """What officers coded with a part since the split counts for the theme that it came from."""
    return next(theme.id for theme in change.themes.values() if theme.code == done.details["name"])


def _take_out(change: FrameChange, theme_id: uuid.UUID, *, now: datetime) -> None:
    theme = change.themes[theme_id]
    try:
        take_out(change, theme, now=now)
    except StillCoded as refusal:
        held = f"{refusal.codings} coding{'' if refusal.codings == 1 else 's'}"
        raise UndoRefused(
            f"Cannot be undone: {theme.code} has {held} by now. Merge it into another theme, or retire it."
        ) from refusal
    except StillHolds as refusal:
        raise UndoRefused(f"Cannot be undone: {refusal}") from refusal


def _bring_back(moved: Sequence[FrameOperationItem], *, officer_id: uuid.UUID, now: datetime) -> None:
    """Codings to where they were before a split. Copies go, unless their original was removed since."""
    codings = _codings(moved)
    ours: list[tuple[FrameOperationItem, Coding]] = [
        (item, codings[item.coding_id]) for item in moved if item.coding_id in codings
    ]
    for item, coding in ours:
        copy_of = (item.before or {}).get("copy_of")
        if copy_of is not None:
            _drop_copy(coding, codings.get(uuid.UUID(copy_of)), officer_id=officer_id, now=now)
    session.flush()
    there = _standing(coding for _, coding in ours)
    for item, coding in ours:
        home = (item.before or {}).get("theme")
        key = (coding.comment_id, uuid.UUID(home), coding.stance, coding.layer) if home else None
        # Where an officer coded the same anew since, both rows stay: the part is an alias from now on.
        if key is not None and (coding.removed_at is not None or key not in there):
            coding.theme_id = key[1]
            there.add(key)
    session.flush()


def _codings(moved: Sequence[FrameOperationItem]) -> dict[uuid.UUID, Coding]:
    ids = sorted(item.coding_id for item in moved if item.coding_id is not None)
    comments = select(Coding.comment_id)
    lock_comments(
        {key for block in blocks(ids) for key in session.scalars(comments.where(Coding.id.in_(block)))}
    )
    query = select(Coding).options(selectinload(Coding.quotes)).execution_options(populate_existing=True)
    return {
        coding.id: coding
        for block in blocks(ids)
        for coding in session.scalars(query.where(Coding.id.in_(block)))
    }


def _drop_copy(copy: Coding, original: Coding | None, *, officer_id: uuid.UUID, now: datetime) -> None:
    if copy.removed_at is not None or original is None or original.removed_at is not None:
        return
    there = {(quote.start, quote.end) for quote in original.quotes}
    original.quotes.extend(
        CodingQuote(start=quote.start, end=quote.end)
        for quote in copy.quotes
        if (quote.start, quote.end) not in there
    )
    copy.removed_at, copy.removed_by_id = now, officer_id


def _standing(codings: Any) -> set[tuple[uuid.UUID, uuid.UUID, Any, str]]:
    comments = sorted({coding.comment_id for coding in codings})
    columns = (Coding.comment_id, Coding.theme_id, Coding.stance, Coding.layer)
    return {
        (row.comment_id, row.theme_id, row.stance, row.layer)
        for block in blocks(comments)
        for row in session.execute(
            select(*columns).where(Coding.comment_id.in_(block), Coding.removed_at.is_(None))
        )
    }
