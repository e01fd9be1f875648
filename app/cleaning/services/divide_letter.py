"""A letter becomes comments to the questions that its points belong to, or stays one comment; and back.

The letter's row stays as it was sent. While it is divided it is not current, so nothing of it counts twice.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.cleaning.letters import Part, Start, parts_of
from app.cleaning.queries.in_the_way import refuse_what_stands
from app.cleaning.refusals import (
    DividedMeanwhile,
    NoLongerHere,
    NothingDivided,
    ReasonMissing,
    TogetherMeanwhile,
)
from app.cleaning.services.carry_codings import carry_codings, carry_codings_back
from app.cleaning.services.carry_dismissed import carry_dismissed, carry_dismissed_back
from app.cleaning.services.carry_letter import carry_back, carry_to_parts
from app.database import session
from app.enums import CommentSource, ResponseStatus
from app.models import Comment, LetterDivision, LetterPart
from app.responses.intake import words_in
from app.responses.services.lock import hold


def divide_letter(
    comment_id: uuid.UUID, *, starts: Sequence[Start], note: str = "", actor: Actor, now: datetime
) -> list[Comment]:
    """`starts`: where each point begins, and the id of its question or None. Its words that belong to no
    question stay one general comment. Themes go along. Raises CleaningRefused."""
    letter = _to_decide(comment_id)
    if not any(question for _, question in starts):
        raise NothingDivided
    refuse_what_stands([letter], officer_id=actor.officer_id, now=now)
    division = _division(letter, whole=False, note=note, actor=actor, now=now)
    made = _made(letter, parts_of(letter.text, starts), division)
    letter.is_current = False
    session.flush()
    carry_to_parts(letter, made)
    codings = carry_codings(letter, made, now=now)
    carry_dismissed(letter, [comment for _, comment in made])
    _note("divided the letter", letter, actor=actor, now=now, parts=len(made), codings=codings)
    return [comment for _, comment in made]


def leave_whole(comment_id: uuid.UUID, *, note: str = "", actor: Actor, now: datetime) -> LetterDivision:
    """It is one comment, and waits no more. Raises CleaningRefused."""
    letter = _to_decide(comment_id)
    division = _division(letter, whole=True, note=note, actor=actor, now=now)
    _note("left the letter whole", letter, actor=actor, now=now)
    return division


def put_together(comment_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> Comment:
    """The letter is one comment again, and waits. Raises CleaningRefused."""
    letter = _held(comment_id)
    division = standing_division(comment_id)
    if division is None:
        raise TogetherMeanwhile
    if not reason.strip():
        raise ReasonMissing
    parts = _parts(division)
    if parts:
        if not all(comment.is_current for _, comment in parts):
            raise NoLongerHere
        refuse_what_stands([comment for _, comment in parts], officer_id=actor.officer_id, now=now)
        for _, comment in parts:
            comment.is_current = False
        letter.is_current = True
    division.undone_at, division.undone_by_id, division.undone_note = now, actor.officer_id, reason.strip()
    session.flush()
    if parts:
        carry_back(letter, parts)
        carry_codings_back(letter, parts, officer_id=actor.officer_id, now=now)
        carry_dismissed_back(letter, [comment for _, comment in parts])
    _note("put the letter together", letter, actor=actor, now=now, parts=len(parts))
    return letter


def standing_division(comment_id: uuid.UUID) -> LetterDivision | None:
    query = select(LetterDivision).where(
        LetterDivision.comment_id == comment_id, LetterDivision.undone_at.is_(None)
    )
    return session.scalar(query.execution_options(populate_existing=True))


def _held(comment_id: uuid.UUID) -> Comment:
    """Its response is held, and then its row: neither its sender nor a coder changes it meanwhile."""
    found = session.get(Comment, comment_id)
    if found is None or hold(found.response_id).status is not ResponseStatus.SENT:
        raise NoLongerHere
    query = select(Comment).where(Comment.id == comment_id).with_for_update(of=Comment)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _to_decide(comment_id: uuid.UUID) -> Comment:
    letter = _held(comment_id)
    if standing_division(comment_id) is not None:
        raise DividedMeanwhile
    if not letter.is_current:
        raise NoLongerHere
    return letter


def _parts(division: LetterDivision) -> list[tuple[LetterPart, Comment]]:
    query = (
        select(LetterPart, Comment)
        .join(Comment, Comment.id == LetterPart.comment_id)
        .where(LetterPart.division_id == division.id)
        .order_by(Comment.id)
        .with_for_update(of=Comment)
    )
    rows = session.execute(query.execution_options(populate_existing=True))
    return [(part, comment) for part, comment in rows]


def _division(letter: Comment, *, whole: bool, note: str, actor: Actor, now: datetime) -> LetterDivision:
    row = LetterDivision(
        consultation_id=letter.consultation_id, comment_id=letter.id, officer_id=actor.officer_id,
        whole=whole, note=note.strip(), created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _made(
    letter: Comment, parts: Sequence[Part], division: LetterDivision
) -> list[tuple[LetterPart, Comment]]:
    last = select(func.max(Comment.number)).where(Comment.response_id == letter.response_id)
    first = (session.scalar(last) or 0) + 1
    comments = [_comment(letter, part, number) for number, part in enumerate(parts, first)]
    session.add_all(comments)
    session.flush()
    rows = [
        LetterPart(division_id=division.id, comment_id=comment.id, spans=[list(span) for span in part.spans])
        for comment, part in zip(comments, parts, strict=True)
    ]
    session.add_all(rows)
    session.flush()
    return list(zip(rows, comments, strict=True))


def _comment(letter: Comment, part: Part, number: int) -> Comment:
    """A general part keeps the subject of the letter, which may have come as an answer to one question."""
    return Comment(
        consultation_id=letter.consultation_id,
        response_id=letter.response_id,
        number=number,
        first_version_id=letter.first_version_id,
        source=CommentSource.LETTER,
        question_id=part.question_id or letter.question_id,
        letter_start=part.spans[0][0],
        letter_end=part.spans[-1][1],
        text=part.text,
        redacted_text=part.text,
        language=letter.language,
        word_count=words_in(part.text),
    )


def _note(action: str, letter: Comment, *, actor: Actor, now: datetime, **details: object) -> None:
    record(
        action, actor=actor, now=now, subject="letter", subject_id=letter.response_id,
        subject_name=letter.response.reference, consultation_id=letter.consultation_id, details=details,
    )  # fmt: skip
