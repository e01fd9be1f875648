"""One comment with all that an officer needs to decide it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.counting.frame import frame
from app.counting.standing import Standing, responses_that_stand, stands
from app.database import session
from app.enums import CommentSource, DispositionValue, ResponseStatus
from app.models import (
    MAIN_LAYER,
    Campaign,
    Comment,
    Disposition,
    Flag,
    Officer,
    Question,
    Response,
)
from app.models.campaign import CampaignMember
from app.responses.hidden import Hidden, to_shown, to_stored
from app.responses.queries.choices import title_of
from app.themes.marks import ReadingPiece, reading
from app.themes.queries.comment_codings import CodingShown, codings_shown
from app.themes.queries.comment_context import ClosedAnswer, OtherComment, closed_answers, other_comments
from app.themes.queries.comment_state import state_of
from app.themes.queries.comment_suggestions import SuggestionShown, suggestions_shown
from app.themes.queries.earlier import EarlierWording, earlier_wordings
from app.themes.queries.suggestions import Word
from app.themes.quotes import Span, find_quote


@dataclass(frozen=True, kw_only=True)
class CommentWhole:
    id: uuid.UUID
    number: int
    state: str
    source: CommentSource
    title: str
    section_key: str | None
    wording: str
    passage: PassageShown | None
    response: Response
    standing: Standing
    text: str  # what this officer reads
    hidden: Hidden
    pieces: tuple[ReadingPiece, ...]
    original: str | None
    codings: tuple[CodingShown, ...]
    suggestions: tuple[SuggestionShown, ...]
    disposition: DispositionValue
    decided_by: str | None
    refers_to: uuid.UUID | None
    others: tuple[OtherComment, ...]
    closed: tuple[ClosedAnswer, ...]
    flags: tuple[str, ...]
    campaign: str | None
    earlier: tuple[EarlierWording, ...]

    def place_of(self, words: str) -> Span:
        """Of words of `text`, in the text as it was sent. Raises QuoteNotInComment."""
        return to_stored(self.hidden, *find_quote(self.text, words))


def comment_whole(
    consultation_id: uuid.UUID, comment_id: uuid.UUID, *, original: bool
) -> CommentWhole | None:
    """None for what was replaced, withdrawn or erased: its words are nobody's to read."""
    comment = session.scalars(_one(consultation_id, comment_id)).unique().one_or_none()
    if comment is None:
        return None
    of = frame(consultation_id)
    standing, codings = codings_shown(comment, of)
    suggestions = suggestions_shown(consultation_id, comment, of, {one.code for one in codings})
    row, decided_by = _disposition(comment_id)
    question = comment.question
    passages = passages_shown(consultation_id, [comment.passage_id])
    passage = passages[comment.passage_id] if comment.passage_id else None
    return CommentWhole(
        id=comment.id,
        number=comment.number,
        state=state_of(standing, row),
        source=comment.source,
        title=title_of(question) if question else passage.title if passage else "",
        section_key=_section_key(question, passage),
        wording=question.wording.text if question else "",
        passage=passage,
        response=comment.response,
        standing=_standing(comment.response),
        text=comment.redacted_text,
        hidden=comment.hidden,
        pieces=reading(comment.redacted_text, **marks(comment.hidden, codings, suggestions)),
        original=comment.text if original and comment.text != comment.redacted_text else None,
        codings=tuple(codings),
        suggestions=tuple(suggestions),
        disposition=row.value if row else DispositionValue.UNDECIDED,
        decided_by=decided_by,
        refers_to=row.refers_to_id if row else None,
        others=other_comments(comment),
        closed=closed_answers(comment),
        flags=_flags(comment_id),
        campaign=_campaign(comment_id),
        earlier=earlier_wordings(comment, of),
    )


def _one(consultation_id: uuid.UUID, comment_id: uuid.UUID) -> Select[Comment]:
    return (
        select(Comment)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.id == comment_id,
            Comment.consultation_id == consultation_id,
            Comment.is_current,
            Response.status == ResponseStatus.SENT,
        )
        .options(
            contains_eager(Comment.response),
            joinedload(Comment.question).joinedload(Question.wording),
            joinedload(Comment.question).joinedload(Question.section),
            joinedload(Comment.question).selectinload(Question.explains).joinedload(Question.wording),
        )
    )


def _section_key(question: Question | None, passage: PassageShown | None) -> str | None:
    if question is not None:
        return question.section.key if question.section else None
    return passage.section_key if passage else None


def marks(
    hidden: Hidden, codings: Sequence[CodingShown], suggestions: Sequence[SuggestionShown]
) -> dict[str, list[tuple[int, int, str]]]:
    """In the text as it is read: quotes that officers chose, and the spans of likely and possible suggestions
    that still wait."""
    quotes = [
        (*to_shown(hidden, start, end), one.code)
        for one in codings
        if not one.whole
        for start, end in one.spans
    ]
    suggested = [
        (*to_shown(hidden, one.start, one.end), str(one.number))
        for one in suggestions
        if not one.coded and one.decision is None and one.word is not Word.UNLIKELY
    ]
    return {"quotes": quotes, "suggested": suggested}


def _disposition(comment_id: uuid.UUID) -> tuple[Disposition | None, str | None]:
    query = (
        select(Disposition, Officer.name)
        .join(Officer, Officer.id == Disposition.officer_id)
        .where(Disposition.comment_id == comment_id, Disposition.layer == MAIN_LAYER)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (None, None)


def _standing(response: Response) -> Standing:
    query = responses_that_stand(response.consultation_id, None).where(Response.id == response.id)
    return Standing(session.scalars(query.with_only_columns(stands)).one())


def _flags(comment_id: uuid.UUID) -> tuple[str, ...]:
    query = select(Flag.code).where(Flag.comment_id == comment_id, Flag.settled_at.is_(None))
    return tuple(sorted(set(session.scalars(query))))


def _campaign(comment_id: uuid.UUID) -> str | None:
    query = (
        select(Campaign.name)
        .join(CampaignMember, CampaignMember.campaign_id == Campaign.id)
        .where(CampaignMember.comment_id == comment_id, CampaignMember.removed.is_(False))
    )
    return session.scalars(query).first()
