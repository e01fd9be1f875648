"""One comment with all that an officer needs to decide it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.counting.behind import standing_coding
from app.counting.frame import Frame, frame
from app.counting.standing import Standing, responses_that_stand, stands
from app.database import session
from app.enums import CodingSource, CommentSource, Decision, DispositionValue, ResponseStatus, Stance
from app.models import (
    MAIN_LAYER,
    Answer,
    AnswerChoice,
    Campaign,
    Coding,
    Comment,
    Consultation,
    Disposition,
    Flag,
    Officer,
    Question,
    Response,
    Suggestion,
    SuggestionDecision,
)
from app.models.campaign import CampaignMember
from app.responses.hidden import Hidden, Span, shown_span, shown_words, to_stored
from app.responses.queries.choices import title_of
from app.themes.marks import ReadingPiece, reading
from app.themes.queries.cards import percent, why
from app.themes.queries.earlier import EarlierWording, earlier_wordings
from app.themes.queries.suggestions import Word, in_words, nearest_names
from app.themes.quotes import find_quote


@dataclass(frozen=True, kw_only=True)
class CodingShown:
    id: uuid.UUID
    code: str
    label: str
    stance: Stance
    officer_id: uuid.UUID
    officer: str
    at: datetime
    source: CodingSource
    quotes: tuple[str, ...]
    whole: bool  # the quote is the whole comment


@dataclass(frozen=True, kw_only=True)
class SuggestionShown:
    """`decision` is an officer's, with whose; None while nobody has decided. `coded`: the theme stands."""

    number: int
    id: uuid.UUID
    theme_id: uuid.UUID
    code: str
    label: str
    definition: str
    word: Word
    percent: int
    stance: Stance
    span: str
    why: str
    coded: bool
    decision: Decision | None
    officer: str | None


@dataclass(frozen=True)
class OtherComment:
    id: uuid.UUID
    number: int
    title: str


@dataclass(frozen=True)
class ClosedAnswer:
    wording: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CommentWhole:
    id: uuid.UUID
    number: int
    source: CommentSource
    title: str
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
    codings = _codings(comment_id, of)
    suggestions = _suggestions(consultation_id, comment, of, {one.code for one in codings})
    row, decided_by = _disposition(comment_id)
    question = comment.question
    passages = passages_shown(consultation_id, [comment.passage_id])
    passage = passages[comment.passage_id] if comment.passage_id else None
    return CommentWhole(
        id=comment.id,
        number=comment.number,
        source=comment.source,
        title=title_of(question) if question else passage.title if passage else "",
        wording=question.wording.text if question else "",
        passage=passage,
        response=comment.response,
        standing=_standing(comment.response),
        text=comment.redacted_text,
        hidden=comment.hidden,
        pieces=_pieces(comment, of, suggestions),
        original=comment.text if original and comment.text != comment.redacted_text else None,
        codings=tuple(codings),
        suggestions=tuple(suggestions),
        disposition=row.value if row else DispositionValue.UNDECIDED,
        decided_by=decided_by,
        refers_to=row.refers_to_id if row else None,
        others=_others(comment),
        closed=_closed(comment),
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


def _codings(comment_id: uuid.UUID, of: Frame) -> list[CodingShown]:
    query = (
        select(Coding, Officer.name, Comment)
        .join(Officer, Officer.id == Coding.officer_id)
        .join(Comment, Comment.id == Coding.comment_id)
        .where(Coding.comment_id == comment_id, standing_coding())
        .options(selectinload(Coding.quotes))
        .order_by(Coding.id)
    )
    themes = {row.id: of.survivor(row) for row in of.rows}
    return [
        CodingShown(
            id=coding.id,
            code=themes[coding.theme_id].code,
            label=themes[coding.theme_id].label,
            stance=coding.stance,
            officer_id=coding.officer_id,
            officer=officer,
            at=coding.created_at,
            source=coding.source,
            quotes=tuple(shown_words(comment, quote.start, quote.end) for quote in coding.quotes),
            whole=any((quote.start, quote.end) == (0, len(comment.text)) for quote in coding.quotes),
        )
        for coding, officer, comment in session.execute(query)
    ]


def _suggestions(
    consultation_id: uuid.UUID, comment: Comment, of: Frame, coded: set[str]
) -> list[SuggestionShown]:
    query = (
        select(Suggestion, SuggestionDecision.decision, Officer.name)
        .join(Consultation, Consultation.current_run_id == Suggestion.run_id)
        .outerjoin(
            SuggestionDecision,
            (SuggestionDecision.comment_id == Suggestion.comment_id)
            & (SuggestionDecision.theme_id == Suggestion.theme_id),
        )
        .outerjoin(Officer, Officer.id == SuggestionDecision.officer_id)
        .where(Consultation.id == consultation_id, Suggestion.comment_id == comment.id)
        .options(joinedload(Suggestion.theme))
        .order_by(Suggestion.rank)
    )
    rows = session.execute(query).all()
    names = nearest_names([row for row, _, _ in rows])
    themes = {row.id: of.survivor(row) for row in of.rows}
    return [
        SuggestionShown(
            number=row.rank,
            id=row.id,
            theme_id=row.theme_id,
            code=themes[row.theme_id].code,
            label=themes[row.theme_id].label,
            definition=row.theme.definition,
            word=in_words(row.probability),
            percent=percent(row.probability),
            stance=row.stance,
            span=shown_words(comment, row.start, row.end),
            why=why(row, names),
            coded=themes[row.theme_id].code in coded,
            decision=decision,
            officer=officer,
        )
        for row, decision, officer in rows
    ]


def _pieces(comment: Comment, of: Frame, suggestions: Sequence[SuggestionShown]) -> tuple[ReadingPiece, ...]:
    """Quotes that officers chose, and the spans of likely and possible suggestions that still wait."""
    codes = {row.id: of.survivor(row).code for row in of.rows}
    text = comment.redacted_text
    standing = select(Coding).where(Coding.comment_id == comment.id, standing_coding())
    codings = session.scalars(standing.options(selectinload(Coding.quotes)))
    quotes = [
        (*shown_span(comment, quote.start, quote.end), codes[coding.theme_id])
        for coding in codings
        for quote in coding.quotes
        if (quote.start, quote.end) != (0, len(comment.text))
    ]
    waiting = {
        one.id: str(one.number)
        for one in suggestions
        if not one.coded and one.decision is None and one.word is not Word.UNLIKELY
    }
    rows = session.scalars(select(Suggestion).where(Suggestion.id.in_(waiting)))
    spans = [(*shown_span(comment, row.start, row.end), waiting[row.id]) for row in rows]
    return reading(text, quotes=quotes, suggested=spans)


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


def _others(comment: Comment) -> tuple[OtherComment, ...]:
    query = (
        select(Comment)
        .where(Comment.response_id == comment.response_id, Comment.is_current, Comment.id != comment.id)
        .options(
            joinedload(Comment.question).joinedload(Question.wording),
            joinedload(Comment.question).joinedload(Question.section),
        )
        .order_by(Comment.number)
    )
    found = session.scalars(query).all()
    passages = passages_shown(comment.consultation_id, [one.passage_id for one in found])
    return tuple(OtherComment(one.id, one.number, _title(one, passages)) for one in found)


def _title(comment: Comment, passages: dict[uuid.UUID, PassageShown]) -> str:
    if comment.passage_id:
        return passages[comment.passage_id].title
    return title_of(comment.question) if comment.question else "General"


def _closed(comment: Comment) -> tuple[ClosedAnswer, ...]:
    """What the response answers to the closed questions that this text explains."""
    if comment.question is None:
        return ()
    asked = comment.question.explains
    query = (
        select(Answer)
        .where(
            Answer.response_version_id == comment.response.current_version_id,
            Answer.question_id.in_([question.id for question in asked]),
        )
        .options(selectinload(Answer.choices).joinedload(AnswerChoice.option))
    )
    given = {answer.question_id: answer for answer in session.scalars(query)}
    return tuple(
        ClosedAnswer(
            question.wording.text,
            tuple(choice.option.label for choice in given[question.id].choices)
            if question.id in given
            else (),
        )
        for question in asked
    )


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
