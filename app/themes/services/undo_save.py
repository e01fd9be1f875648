"""Taking one save of the reading screen back: the comment is as it was before it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import DispositionValue
from app.models import AuditEvent, Coding, Comment, Disposition, Reading, ReadingSave, SuggestionDecision
from app.themes.queries.comment_state import disposition_of, state_of
from app.themes.refusals import ChangedByOthers, CommentNotHere, LaterSave, NotYours, UndoneIntoNothing
from app.themes.services.code_comment import change_quotes, officer_of, record_coding
from app.themes.services.note_comment import set_handling
from app.themes.services.write_codings import hold_themes, lock_comments, standing_codings


def undo_save(
    save_id: uuid.UUID, *, consultation_id: uuid.UUID, everyones: bool, actor: Actor, now: datetime
) -> ReadingSave:
    """Undone twice, it is undone once. `everyones`: the officer may undo what others did.

    Raises NotYours, CommentNotHere, LaterSave, UndoneIntoNothing, or ChangedByOthers when someone else has
    changed it since.
    """
    save = session.scalars(
        select(ReadingSave)
        .where(ReadingSave.id == save_id, ReadingSave.consultation_id == consultation_id)
        .with_for_update()
    ).one_or_none()
    if save is None:
        raise CommentNotHere
    if save.officer_id != actor.officer_id and not everyones:
        raise NotYours
    if save.undone_at is not None:
        return save
    comments = lock_comments([save.comment_id])
    if save.comment_id not in comments:
        raise CommentNotHere
    _check_unchanged(save)
    _check_in_use(comments[save.comment_id], _codings(save.details["removed"]))
    _take_back(save, actor=actor, now=now)
    save.undone_at, save.undone_by_id = now, officer_of(actor)
    session.flush()
    record(
        "undid", actor=actor, now=now, subject="comment", subject_id=save.comment_id,
        consultation_id=consultation_id, details={"save": str(save.id)},
    )  # fmt: skip
    return save


def _check_unchanged(save: ReadingSave) -> None:
    layer = save.details["layer"]
    standing = standing_codings([save.comment_id], layer=layer)
    if state_of(standing.values(), disposition_of(save.comment_id, layer)) == save.details["after"]:
        return
    codings = select(Coding.id).where(Coding.comment_id == save.comment_id)
    at = session.scalar(
        select(func.max(AuditEvent.at)).where(
            (AuditEvent.subject_id == save.comment_id) | AuditEvent.subject_id.in_(codings),
            AuditEvent.officer_id != save.officer_id,
            AuditEvent.at >= save.created_at,
        )
    )
    if at is None:
        raise LaterSave
    raise ChangedByOthers(at)


def _check_in_use(comment: Comment, back: Sequence[Coding]) -> None:
    """Themes that it puts back stay in use until it is undone."""
    wanted = {coding.theme_id for coding in back}
    themes = hold_themes([comment], wanted)
    gone = {coding.theme.code for coding in back} - {
        theme.code for key, theme in themes.items() if key == theme.id and theme.retired_at is None
    }
    if gone:
        raise UndoneIntoNothing(" and ".join(sorted(gone)))


def _take_back(save: ReadingSave, *, actor: Actor, now: datetime) -> None:
    details = save.details
    for coding in _codings(details["added"]):
        coding.removed_at, coding.removed_by_id = now, officer_of(actor)
        record_coding("removed", coding, actor=actor, now=now)
    session.flush()
    for coding in _codings(details["removed"]):
        coding.removed_at = coding.removed_by_id = None
        record_coding("added", coding, actor=actor, now=now)
    session.flush()
    for coding in _codings(list(details["quotes"])):
        spans = [(start, end) for start, end in details["quotes"][coding.id.hex]]
        change_quotes(coding, quotes=spans, actor=actor, now=now)
    _disposition(save, details["before"])
    themes = [uuid.UUID(key) for key in details["decided"]]
    session.execute(
        delete(SuggestionDecision).where(
            SuggestionDecision.comment_id == save.comment_id, SuggestionDecision.theme_id.in_(themes)
        )
    )
    _handling(save, details["handling"], actor=actor, now=now)
    _unread(save, details["read_before"])


def _codings(keys: list[str]) -> list[Coding]:
    return list(session.scalars(select(Coding).where(Coding.id.in_([uuid.UUID(key) for key in keys]))))


def _disposition(save: ReadingSave, before: dict[str, Any] | None) -> None:
    row = disposition_of(save.comment_id, save.details["layer"])
    if before is None:
        if row is not None:
            session.delete(row)
        session.flush()
        return
    if row is None:
        row = Disposition(comment_id=save.comment_id, layer=save.details["layer"])
        session.add(row)
    row.value, row.officer_id = DispositionValue(before["value"]), uuid.UUID(before["officer"])
    row.refers_to_id = uuid.UUID(before["refers_to"]) if before["refers_to"] else None
    row.batch_id = uuid.UUID(before["batch"]) if before["batch"] else None
    session.flush()


def _handling(save: ReadingSave, changed: dict[str, list[str]], *, actor: Actor, now: datetime) -> None:
    set_handling(save.comment_id, codes=changed["off"], shown=changed["on"], actor=actor, now=now)


def _unread(save: ReadingSave, before: str | None) -> None:
    query = select(Reading).where(
        Reading.comment_id == save.comment_id, Reading.officer_id == save.officer_id
    )
    row = session.scalars(query).one_or_none()
    if row is not None:
        row.read_at = datetime.fromisoformat(before) if before else None
    session.flush()
