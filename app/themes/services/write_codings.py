"""The one way codings come into being, one or a thousand at a time. Its callers write the audit row."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import blocks, session
from app.enums import CodingSource, DispositionValue, ResponseStatus, Stance
from app.models import Coding, CodingQuote, Comment, Disposition, Response, SignOff, Theme
from app.models.coding import MAIN_LAYER
from app.themes.queries.frame import all_themes, resolved
from app.themes.quotes import Span, checked
from app.themes.refusals import CodingSignedOff, CommentNotHere, OutcomeStands, ThemeNotInFrame, ThemeRetired

Key = tuple[uuid.UUID, uuid.UUID, Stance]


@dataclass(frozen=True)
class NewCoding:
    """No quote: the whole comment."""

    comment_id: uuid.UUID
    theme_id: uuid.UUID
    stance: Stance
    quotes: tuple[Span, ...] = ()
    suggestion_id: uuid.UUID | None = None


@dataclass
class Written:
    """What was asked for, in order; `added` are those that were not there before."""

    codings: list[Coding] = field(default_factory=list)
    added: list[Coding] = field(default_factory=list)
    quoted: list[Coding] = field(default_factory=list)  # were there, and have a further quote now


def write_codings(
    new: Sequence[NewCoding],
    *,
    officer_id: uuid.UUID,
    source: CodingSource,
    batch_id: uuid.UUID | None = None,
    layer: str = MAIN_LAYER,
) -> Written:
    """A theme and stance that stand on a comment already are not added again: new quotes join the old.

    A comment that gets its first coding is decided as coded; an outcome that another officer gave it stands.
    Raises a Refusal before anything is written.
    """
    comments = lock_comments({one.comment_id for one in new}, deciding=layer == MAIN_LAYER)
    themes = hold_themes(comments.values(), {one.theme_id for one in new})
    _leave_outcomes(comments, officer_id, layer)
    standing = standing_codings(comments, layer=layer)
    written = Written()
    for one in new:
        comment = comments.get(one.comment_id)
        if comment is None:
            raise CommentNotHere
        theme = _theme(themes, one.theme_id)
        quotes = checked(comment.text, one.quotes)
        key = (comment.id, theme.id, one.stance)
        if key in standing:
            _join(written, standing[key], quotes if one.quotes else [])
            continue
        coding = Coding(
            comment_id=comment.id, theme_id=theme.id, stance=one.stance, layer=layer, officer_id=officer_id,
            source=source, suggestion_id=one.suggestion_id, batch_id=batch_id,
            quotes=[CodingQuote(start=start, end=end) for start, end in quotes],
        )  # fmt: skip
        standing[key] = coding
        written.added.append(coding)
        written.codings.append(coding)
    session.add_all(written.added)
    session.flush()
    _decide({coding.comment_id for coding in written.added}, officer_id, batch_id, layer)
    return written


def lock_comments(ids: Iterable[uuid.UUID], *, deciding: bool = True) -> dict[uuid.UUID, Comment]:
    """Those that can be coded now, locked in the order of their ids, so that two officers never cross.

    `deciding`: what counts is about to change. Raises CodingSignedOff.
    """
    found: dict[uuid.UUID, Comment] = {}
    for block in blocks(sorted(ids)):
        query = (
            select(Comment)
            .join(Response, Response.id == Comment.response_id)
            .where(Comment.id.in_(block), Comment.is_current, Response.status == ResponseStatus.SENT)
            .order_by(Comment.id)
            .with_for_update(of=Comment, key_share=True)
        )
        found.update((comment.id, comment) for comment in session.scalars(query))
        if deciding:
            _refuse_signed_off(block)
    return found


def _refuse_signed_off(block: Sequence[uuid.UUID]) -> None:
    """Late responses come in against the agreed frame. Asked under the lock that a sign-off waits for."""
    query = (
        select(SignOff.id)
        .join(Comment, Comment.consultation_id == SignOff.consultation_id)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id.in_(block), SignOff.reopened_at.is_(None), Response.late.is_(False))
    )
    if session.scalar(query.limit(1)) is not None:
        raise CodingSignedOff


def standing_codings(ids: Iterable[uuid.UUID], *, layer: str = MAIN_LAYER) -> dict[Key, Coding]:
    found: dict[Key, Coding] = {}
    for block in blocks(sorted(ids)):
        query = select(Coding).where(
            Coding.comment_id.in_(block), Coding.layer == layer, Coding.removed_at.is_(None)
        )
        quoted = query.options(selectinload(Coding.quotes)).execution_options(populate_existing=True)
        for coding in session.scalars(quoted):
            found[coding.comment_id, coding.theme_id, coding.stance] = coding
    return found


def _leave_outcomes(ids: Iterable[uuid.UUID], officer_id: uuid.UUID, layer: str) -> None:
    for block in blocks(sorted(ids)):
        of_another = select(Disposition.id).where(
            Disposition.comment_id.in_(block),
            Disposition.layer == layer,
            Disposition.officer_id != officer_id,
            Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
        )
        if session.scalar(of_another.limit(1)) is not None:
            raise OutcomeStands


def hold_themes(comments: Iterable[Comment], wanted: set[uuid.UUID]) -> dict[uuid.UUID, Theme]:
    """For each theme the one that counts. Those wanted are held until the end: whoever merges or retires one
    of them comes before, and is heeded, or after, and finds the codings."""
    consultations = {comment.consultation_id for comment in comments}
    if len(consultations) > 1:
        raise ThemeNotInFrame
    held: set[uuid.UUID] = set()
    themes: dict[uuid.UUID, Theme] = {}
    while not wanted <= held:
        hold = select(Theme.id).where(Theme.id.in_(wanted)).order_by(Theme.id)
        session.execute(hold.with_for_update(read=True, key_share=True))
        held |= wanted
        themes = {
            key: theme
            for one in consultations
            for key, theme in resolved(all_themes(one, fresh=True)).items()
        }
        wanted = wanted | {themes[key].id for key in wanted if key in themes}
    return themes


def _theme(themes: dict[uuid.UUID, Theme], theme_id: uuid.UUID) -> Theme:
    theme = themes.get(theme_id)
    if theme is None or theme.is_net:
        raise ThemeNotInFrame
    if theme.retired_at is not None:
        raise ThemeRetired(theme.code)
    return theme


def _join(written: Written, coding: Coding, quotes: Sequence[Span]) -> None:
    there = {(quote.start, quote.end) for quote in coding.quotes}
    further = [CodingQuote(start=start, end=end) for start, end in quotes if (start, end) not in there]
    coding.quotes.extend(further)
    if further and coding not in written.quoted:
        written.quoted.append(coding)
    written.codings.append(coding)


def _decide(ids: Iterable[uuid.UUID], officer_id: uuid.UUID, batch_id: uuid.UUID | None, layer: str) -> None:
    for block in blocks(sorted(ids)):
        query = select(Disposition).where(Disposition.comment_id.in_(block), Disposition.layer == layer)
        there = {
            row.comment_id: row for row in session.scalars(query.execution_options(populate_existing=True))
        }
        for comment_id in block:
            if comment_id not in there:
                session.add(
                    Disposition(
                        comment_id=comment_id, layer=layer, value=DispositionValue.CODED,
                        officer_id=officer_id, batch_id=batch_id,
                    )
                )  # fmt: skip
            elif there[comment_id].value is not DispositionValue.CODED:
                _change(there[comment_id], officer_id)
    session.flush()


def _change(row: Disposition, officer_id: uuid.UUID) -> None:
    row.value, row.officer_id, row.refers_to_id, row.batch_id = DispositionValue.CODED, officer_id, None, None
