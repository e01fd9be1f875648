"""One comment with all that an officer needs to decide it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.counting.behind import standing_coding
from app.counting.frame import Frame, FrameRow, frame
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
from app.responses.hidden import Hidden, shown_words, to_shown, to_stored
from app.responses.queries.choices import title_of
from app.themes.marks import ReadingPiece, reading
from app.themes.queries.cards import percent, why
from app.themes.queries.comment_state import state_of
from app.themes.queries.earlier import EarlierWording, earlier_wordings
from app.themes.queries.suggestions import Word, in_words, nearest_names
from app.themes.quotes import Span, find_quote


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
    spans: tuple[Span, ...]  # in the text as it was sent
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
    start: int
    end: int
    span: str
    why: str
    nearest: tuple[uuid.UUID, ...]
    coded: bool
    decision: Decision | None
    officer: str | None


@dataclass(frozen=True)
class OtherComment:
    id: uuid.UUID
    number: int
    title: str
    text: str


@dataclass(frozen=True)
class ClosedAnswer:
    wording: str
    chosen: tuple[str, ...]


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
    standing, codings = _codings(comment, of)
    suggestions = _suggestions(consultation_id, comment, of, {one.code for one in codings})
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


def _section_key(question: Question | None, passage: PassageShown | None) -> str | None:
    if question is not None:
        return question.section.key if question.section else None
    return passage.section_key if passage else None


def _codings(comment: Comment, of: Frame) -> tuple[list[Coding], list[CodingShown]]:
    query = (
        select(Coding, Officer.name)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(Coding.comment_id == comment.id, standing_coding())
        .options(selectinload(Coding.quotes))
        .order_by(Coding.id)
    )
    themes = {row.id: of.survivor(row) for row in of.rows}
    rows = session.execute(query).all()
    return [coding for coding, _ in rows], [
        _coding_shown(coding, officer, themes[coding.theme_id], comment) for coding, officer in rows
    ]


def _coding_shown(coding: Coding, officer: str, theme: FrameRow, comment: Comment) -> CodingShown:
    spans = tuple((quote.start, quote.end) for quote in coding.quotes)
    return CodingShown(
        id=coding.id,
        code=theme.code,
        label=theme.label,
        stance=coding.stance,
        officer_id=coding.officer_id,
        officer=officer,
        at=coding.created_at,
        source=coding.source,
        quotes=tuple(shown_words(comment, start, end) for start, end in spans),
        spans=spans,
        whole=(0, len(comment.text)) in spans,
    )


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
    themes = {row.id: of.survivor(row) for row in of.rows}
    best = {themes[found[0].theme_id].id: found for found in reversed(session.execute(query).all())}
    # One a theme, of two that were merged the likelier; none for a theme that nobody can use any more.
    in_use = [found for key, found in best.items() if not themes[key].retired]
    rows = sorted(in_use, key=lambda found: found[0].rank)
    names = nearest_names([row for row, _, _ in rows])
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
            start=row.start,
            end=row.end,
            span=shown_words(comment, row.start, row.end),
            why=why(row, names),
            nearest=tuple(uuid.UUID(key) for key in row.reason.get("nearest", [])),
            coded=themes[row.theme_id].code in coded,
            decision=decision,
            officer=officer,
        )
        for row, decision, officer in rows
    ]


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
    return tuple(OtherComment(one.id, one.number, _title(one, passages), one.redacted_text) for one in found)


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
