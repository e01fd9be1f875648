"""The texts of a version as comments. An unchanged text keeps its row, and with it what officers decided."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.database import session
from app.enums import CommentSource
from app.models import Answer, Comment, LetterDivision, LetterPart, Response, ResponseVersion
from app.responses.intake import words_in
from app.responses.services.hide_words import carry_redactions

Subject = tuple[CommentSource, uuid.UUID | None, uuid.UUID | None]


def keep_comments(response: Response, version: ResponseVersion, texts: Sequence[Answer]) -> None:
    """A changed text gets a new row that points to the earlier wording; that one, and a text that was taken
    out, is no longer current. The response is held."""
    before = _before(response)
    numbers = iter(range(max((one.number for one in before), default=0) + 1, 1_000_000))
    parts = _parts(before)
    newest = {_subject(one): one for one in before if one.id not in parts}
    unchanged: set[uuid.UUID] = set()
    new: list[Comment] = []
    for answer in texts:
        earlier = newest.get(_subject(answer))
        same = earlier is not None and earlier.text == answer.text
        if earlier is not None and same and (stay := _standing(earlier, before, parts)):
            unchanged |= stay
        else:
            made = _comment(response, version, answer, number=next(numbers), earlier=earlier)
            session.add(made)
            new.append(made)
    for one in before:
        one.is_current = one.id in unchanged
    carry_redactions({one.id: _stood_for(one, before, parts) for one in newest.values()}, new)


def _parts(before: Sequence[Comment]) -> dict[uuid.UUID, uuid.UUID | None]:
    """Comments that officers made of a letter: not texts of their own of the sender. Each with the letter, or
    with None once that was put together again."""
    if not before:
        return {}
    query = (
        select(LetterPart.comment_id, LetterDivision.comment_id, LetterDivision.undone_at)
        .join(LetterDivision, LetterDivision.id == LetterPart.division_id)
        .where(LetterPart.comment_id.in_([one.id for one in before]))
    )
    return {part: None if undone else letter for part, letter, undone in session.execute(query)}


def _stood_for(
    earlier: Comment, before: Sequence[Comment], parts: dict[uuid.UUID, uuid.UUID | None]
) -> list[Comment]:
    """Itself; of a letter that was divided, its parts: there officers hid words and showed them again."""
    return [one for one in before if parts.get(one.id) == earlier.id] or [earlier]


def _standing(
    earlier: Comment, before: Sequence[Comment], parts: dict[uuid.UUID, uuid.UUID | None]
) -> set[uuid.UUID]:
    """The comment while it is current; of a letter that was divided, its parts."""
    return {one.id for one in before if one.is_current and earlier.id in (one.id, parts.get(one.id))}


def _before(response: Response) -> list[Comment]:
    if response.current_version_id is None:  # nothing of it was sent before
        return []
    query = select(Comment).where(Comment.response_id == response.id).order_by(Comment.number)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _subject(one: Answer | Comment) -> Subject:
    return (one.source or CommentSource.QUESTION, one.question_id, one.passage_id)


def _comment(
    response: Response, version: ResponseVersion, answer: Answer, *, number: int, earlier: Comment | None
) -> Comment:
    text = answer.text or ""
    return Comment(
        consultation_id=response.consultation_id,
        response_id=response.id,
        number=number,
        first_version_id=version.id,
        source=answer.source or CommentSource.QUESTION,
        question_id=answer.question_id,
        passage_id=answer.passage_id,
        text=text,
        redacted_text=text,
        word_count=words_in(text),
        replaces_id=earlier.id if earlier else None,
    )
