"""One response whole: its answers in the order of the questions, and what officers made of its words."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.consultations.queries.questions import questions_of, seen_by
from app.counting.frame import frame
from app.counting.standing import Standing, responses_that_stand, stands
from app.database import session
from app.enums import AnswerState, Channel, CommentSource, QuestionKind, QuestionPurpose, ResponseStatus
from app.models import (
    Answer,
    AnswerChoice,
    Comment,
    Exclusion,
    LetterDivision,
    LetterPart,
    Question,
    Response,
)
from app.responses.facts import AREA, KIND, ORGANISATION, ORGANISATION_TYPE, PUBLISH
from app.responses.marked import Piece, pieces
from app.responses.queries.choices import title_of
from app.responses.queries.codings import Decided, decided

SAID = (KIND, AREA, ORGANISATION, ORGANISATION_TYPE, PUBLISH)  # by columns of the response


@dataclass(frozen=True, kw_only=True)
class CommentShown:
    """`original` only where it differs from what everyone reads, and for those who may read it."""

    id: uuid.UUID
    number: int
    source: CommentSource
    passage: PassageShown | None
    pieces: tuple[Piece, ...]
    original: str | None
    decided: Decided
    letter_id: uuid.UUID | None = None  # of the letter it is a part of; its own where it may be divided


@dataclass(frozen=True, kw_only=True)
class AnswerShown:
    """`chosen`: labels of options; `comments`: what was written, with its codings; `text`: a fact written."""

    title: str
    wording: str
    kind: QuestionKind
    purpose: QuestionPurpose
    state: AnswerState
    chosen: tuple[str, ...]
    text: str
    comments: tuple[CommentShown, ...]


@dataclass(frozen=True, kw_only=True)
class ResponseWhole:
    response: Response
    standing: Standing
    exclusion: Exclusion | None
    stays: str | None  # the reference of the response that counts instead
    sent_at: datetime | None
    about: tuple[AnswerShown, ...]
    answers: tuple[AnswerShown, ...]
    elsewhere: tuple[CommentShown, ...]  # on a passage, in a letter, at an event


def response_whole(consultation_id: uuid.UUID, reference: str, *, original: bool) -> ResponseWhole | None:
    """None for a draft too: what was not sent is nobody's to read. Contact and equality are not read here.

    Of one that was withdrawn or erased there is the line that stays, and its history.
    """
    found = session.execute(
        responses_that_stand(consultation_id, None)
        .with_only_columns(Response, stands, Exclusion)
        .where(Response.reference == reference)
    ).one_or_none()
    if found is None or found[0].sent_at is None:
        return None
    response, standing, exclusion = found
    gone = response.status is not ResponseStatus.SENT
    comments = {} if gone else _comments(response, original=original)
    shown = [] if gone else _answers(response, comments)
    stays = session.get(Response, exclusion.stays_id) if exclusion and exclusion.stays_id else None
    return ResponseWhole(
        response=response,
        standing=Standing(standing),
        exclusion=exclusion,
        stays=stays.reference if stays else None,
        sent_at=response.sent_at,
        about=tuple(one for one in shown if one.purpose is QuestionPurpose.RESPONDENT),
        answers=tuple(one for one in shown if one.purpose is QuestionPurpose.BID),
        elsewhere=tuple(comments.get(None, ())),
    )


def _comments(response: Response, *, original: bool) -> dict[uuid.UUID | None, list[CommentShown]]:
    found = session.scalars(
        select(Comment).where(Comment.response_id == response.id, Comment.is_current).order_by(Comment.number)
    ).all()
    so_far = decided(frame(response.consultation_id), [comment.id for comment in found])
    passages = passages_shown(response.consultation_id, [comment.passage_id for comment in found])
    letters = _letters(response, found)
    by_question: dict[uuid.UUID | None, list[CommentShown]] = defaultdict(list)
    for comment in found:
        differs = comment.text != comment.redacted_text
        by_question[comment.question_id].append(
            CommentShown(
                id=comment.id,
                number=comment.number,
                source=comment.source,
                passage=passages[comment.passage_id] if comment.passage_id else None,
                pieces=pieces(comment.redacted_text, so_far[comment.id].quotes),
                original=comment.text if original and differs else None,
                decided=so_far[comment.id],
                letter_id=letters.get(comment.id),
            )
        )
    return by_question


def _letters(response: Response, found: Sequence[Comment]) -> dict[uuid.UUID, uuid.UUID]:
    """A letter, or what came in another way than on the form, may be divided to the questions."""
    otherwise = response.channel is not Channel.ONLINE
    whole = {
        one.id: one.id
        for one in found
        if one.source is CommentSource.LETTER or (otherwise and one.source is CommentSource.QUESTION)
    }
    if not whole:
        return {}
    query = (
        select(LetterPart.comment_id, LetterDivision.comment_id)
        .join(LetterDivision, LetterDivision.id == LetterPart.division_id)
        .where(LetterPart.comment_id.in_(whole))
    )
    return whole | {part: letter for part, letter in session.execute(query)}


def _answers(response: Response, comments: dict[uuid.UUID | None, list[CommentShown]]) -> list[AnswerShown]:
    asked = questions_of(response.consultation_id, purposes=(QuestionPurpose.RESPONDENT, QuestionPurpose.BID))
    given = _given(response)
    return [
        _answer(response, question, given.get(question.id), comments.get(question.id, []))
        for question in asked
        if not question.contact
        and question.key not in SAID
        and (seen_by(question, response.kind) or question.id in given)
    ]


def _given(response: Response) -> dict[uuid.UUID | None, Answer]:
    query = (
        select(Answer)
        .where(Answer.response_version_id == response.current_version_id)
        .options(selectinload(Answer.choices).joinedload(AnswerChoice.option))
    )
    return {answer.question_id: answer for answer in session.scalars(query)}


def _answer(
    response: Response, question: Question, answer: Answer | None, comments: list[CommentShown]
) -> AnswerShown:
    choices = sorted(answer.choices, key=lambda choice: choice.option.position) if answer else []
    return AnswerShown(
        title=title_of(question),
        wording=question.wording.text,
        kind=question.kind,
        purpose=question.purpose,
        state=_state(response, answer),
        chosen=tuple(
            f"{choice.option.label}: {choice.text}" if choice.text else choice.option.label
            for choice in choices
        ),
        text=(answer.text or "") if answer and question.purpose is QuestionPurpose.RESPONDENT else "",
        comments=tuple(comments),
    )


def _state(response: Response, answer: Answer | None) -> AnswerState:
    """A letter was asked nothing, so what it leaves out is not an answer withheld."""
    if answer is not None and answer.state is not AnswerState.NONE:
        return answer.state
    return AnswerState.NOT_ASKED if response.is_letter else AnswerState.NONE
