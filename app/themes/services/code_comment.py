"""What one officer decides about one comment: its themes, or that there is none to give."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import CodingSource, DispositionValue, Stance
from app.models import Coding, CodingQuote, Comment, Disposition
from app.models.coding import MAIN_LAYER
from app.themes.queries.comment_state import disposition_of, state_of
from app.themes.quotes import Span, checked
from app.themes.refusals import CommentNotHere, NothingCoded, OutcomeChanged, ReferenceMissing, ThemesStand
from app.themes.services.ask_to_learn import ask_to_learn
from app.themes.services.write_codings import NewCoding, lock_comments, standing_codings, write_codings


def add_coding(
    comment_id: uuid.UUID,
    *,
    theme_id: uuid.UUID,
    stance: Stance,
    quotes: Sequence[Span] = (),
    actor: Actor,
    now: datetime,
    source: CodingSource = CodingSource.SINGLE,
    suggestion_id: uuid.UUID | None = None,
    batch_id: uuid.UUID | None = None,
    layer: str = MAIN_LAYER,
) -> Coding:
    """Asked twice, there is one coding. Raises a Refusal: a quote or a theme that is not there."""
    new = NewCoding(comment_id, theme_id, stance, tuple(quotes), suggestion_id)
    written = write_codings(
        [new], officer_id=officer_of(actor), source=source, batch_id=batch_id, layer=layer
    )
    coding = written.codings[0]
    if written.added or written.quoted:
        action = "added" if written.added else "quoted"
        record_coding(action, coding, actor=actor, now=now)
    return coding


def remove_coding(coding_id: uuid.UUID, *, actor: Actor, now: datetime) -> Coding:
    """Removed twice, it is removed once. The last one to go leaves the comment undecided."""
    found = session.get(Coding, coding_id)
    if found is None or found.comment_id not in _locked(found.comment_id, found.layer):
        raise CommentNotHere
    session.refresh(found)
    if found.removed_at is not None:
        return found
    found.removed_at, found.removed_by_id = now, officer_of(actor)
    session.flush()
    record_coding("removed", found, actor=actor, now=now)
    if not standing_codings([found.comment_id], layer=found.layer):
        row = disposition_of(found.comment_id, found.layer)
        if row is not None and row.value is DispositionValue.CODED:
            session.delete(row)
            session.flush()
    return found


def change_quotes(coding: Coding, *, quotes: Sequence[Span], actor: Actor, now: datetime) -> None:
    """These and no others. The comment must be locked. Raises QuoteNotInComment."""
    spans = checked(coding.comment.text, quotes)
    for row in [row for row in coding.quotes if (row.start, row.end) not in spans]:
        session.delete(row)
        coding.quotes.remove(row)
    there = {(row.start, row.end) for row in coding.quotes}
    coding.quotes.extend(
        CodingQuote(start=start, end=end) for start, end in spans if (start, end) not in there
    )
    session.flush()
    record_coding("quoted", coding, actor=actor, now=now)


def set_disposition(
    comment_id: uuid.UUID,
    *,
    value: DispositionValue,
    actor: Actor,
    now: datetime,
    refers_to_id: uuid.UUID | None = None,
    layer: str = MAIN_LAYER,
    seen: str | None = None,
) -> None:
    """An outcome other than themes; undecided takes it back. `seen`: the state that the page showed.

    Raises ThemesStand while it has themes, OutcomeChanged when it was decided otherwise meanwhile.
    """
    comment = _locked(comment_id, layer).get(comment_id)
    if comment is None:
        raise CommentNotHere
    if standing_codings([comment_id], layer=layer):
        raise ThemesStand
    if value is DispositionValue.CODED:
        raise NothingCoded
    if value is DispositionValue.REFERS_ELSEWHERE:
        _check_reference(comment, refers_to_id)
    before = disposition_of(comment_id, layer)
    was = before.value if before else DispositionValue.UNDECIDED
    if was is value and (before is None or before.refers_to_id == refers_to_id):
        return
    if seen not in (None, state_of((), before)):
        raise OutcomeChanged
    _store(before, comment_id, value, refers_to_id, officer_of(actor), layer)
    record(
        "decided", actor=actor, now=now, subject="comment", subject_id=comment_id,
        consultation_id=comment.consultation_id, details={"before": was.value, "after": value.value},
    )  # fmt: skip
    if layer == MAIN_LAYER:
        ask_to_learn(comment.consultation_id, now=now)


def _locked(comment_id: uuid.UUID, layer: str) -> dict[uuid.UUID, Comment]:
    return lock_comments([comment_id], deciding=layer == MAIN_LAYER)


def officer_of(actor: Actor) -> uuid.UUID:
    if actor.officer_id is None:
        raise PermissionError("only an officer codes comments")
    return actor.officer_id


def _check_reference(comment: Comment, refers_to_id: uuid.UUID | None) -> None:
    """It may be left open (a letter we do not have); else it is another comment of the same response."""
    if refers_to_id is None:
        return
    other = session.get(Comment, refers_to_id)
    if other is None or other.response_id != comment.response_id or other.id == comment.id:
        raise ReferenceMissing


def _store(
    row: Disposition | None,
    comment_id: uuid.UUID,
    value: DispositionValue,
    refers_to_id: uuid.UUID | None,
    officer_id: uuid.UUID,
    layer: str,
) -> None:
    if value is DispositionValue.UNDECIDED:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            Disposition(
                comment_id=comment_id,
                layer=layer,
                value=value,
                officer_id=officer_id,
                refers_to_id=refers_to_id,
            )
        )
    else:
        row.value, row.officer_id, row.refers_to_id, row.batch_id = value, officer_id, refers_to_id, None
    session.flush()


def record_coding(action: str, coding: Coding, *, actor: Actor, now: datetime) -> None:
    record(
        action, actor=actor, now=now, subject="coding", subject_id=coding.id, subject_name=coding.theme.code,
        consultation_id=coding.theme.consultation_id,
        details={"comment": str(coding.comment_id), "stance": coding.stance.value},
    )  # fmt: skip
    if coding.layer == MAIN_LAYER:  # a second reading teaches nothing
        ask_to_learn(coding.theme.consultation_id, now=now)
