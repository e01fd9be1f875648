"""What waits in the queues of cleaning. Each number is the length of the list that its tab shows.

Flags and hidden words concern every response that was sent, also one that is left out of the analysis:
officers can read it, and a call for help in a late reply is as pressing as any.
"""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.counting.behind import comment_is_decided
from app.counting.flags import ABUSE, NO_SUBSTANCE, PERSONAL_DATA, SAFEGUARDING, has_standing_flag
from app.counting.standing import Sender, Standing, comments_that_count, in_a_campaign, responses_that_stand
from app.database import session
from app.enums import (
    AnswerState,
    Channel,
    CleaningDecision,
    CleaningKind,
    CommentSource,
    ExclusionReason,
    QuestionPurpose,
    ResponseStatus,
)
from app.models import (
    Answer,
    CleaningItem,
    Comment,
    Exclusion,
    LetterDivision,
    LetterPart,
    Question,
    Redaction,
    Response,
)

SAFETY = (ABUSE, SAFEGUARDING)
FEW_WORDS = 8
LONG_WORDS = 80  # of a text that came by email: it may speak to several questions
TESTS = ("test%", "testing%", "this is a test%", "%ignore this%", "asdf%", "qwerty%")
OPEN = (CleaningDecision.OPEN, CleaningDecision.LATER)


def readable_comments(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Comment ids; Comment and Response are joined."""
    return (
        select(Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.is_current,
            Response.status == ResponseStatus.SENT,
        )
    )


def personal_details_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    proposed = Comment.id.in_(
        select(Redaction.comment_id).where(Redaction.proposed, Redaction.reversed_at.is_(None))
    )
    return readable_comments(consultation_id).where(or_(has_standing_flag(PERSONAL_DATA), proposed))


def safety_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    return readable_comments(consultation_id).where(has_standing_flag(*SAFETY))


def letters_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of comments of the included that are a letter in one piece, and of which nobody said that it stays
    so: sent as a letter, or a long text that came by email and was put under a question of no section."""
    general = select(Question.id).where(
        Question.consultation_id == consultation_id, Question.section_id.is_(None)
    )
    by_email = and_(
        Sender.channel == Channel.EMAIL,
        Comment.word_count >= LONG_WORDS,
        Comment.source == CommentSource.QUESTION,
        Comment.question_id.in_(general),
    )
    a_part = exists().where(LetterPart.comment_id == Comment.id)
    settled = exists().where(LetterDivision.comment_id == Comment.id, LetterDivision.undone_at.is_(None))
    return comments_that_count(consultation_id).where(
        or_(Comment.source == CommentSource.LETTER, by_email),
        ~a_part,
        ~settled,
        ~in_a_campaign(),
        ~comment_is_decided(),
    )


def late_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Response ids."""
    return responses_that_stand(consultation_id, Standing.EXCLUDED).where(
        Exclusion.reason == ExclusionReason.LATE_UNDECIDED
    )


def duplicates_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of items whose two responses are both in the analysis."""
    included = responses_that_stand(consultation_id, Standing.INCLUDED)
    return select(CleaningItem.id).where(
        CleaningItem.consultation_id == consultation_id,
        CleaningItem.kind == CleaningKind.DUPLICATE,
        CleaningItem.decision.in_(OPEN),
        CleaningItem.response_id.in_(included),
        CleaningItem.other_id.in_(included),
    )


def tests_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of included responses that look like somebody trying the form."""
    words = func.lower(func.trim(Comment.redacted_text))
    tried = exists().where(
        Comment.response_id == Response.id,
        Comment.is_current,
        Comment.word_count <= FEW_WORDS,
        or_(*(words.like(pattern) for pattern in TESTS)),
    )
    included = responses_that_stand(consultation_id, Standing.INCLUDED)
    return included.where(tried, ~_settled(CleaningKind.TEST))


def blank_waiting(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of included responses that answer no question about the document, and say nothing in words."""
    answered = (
        select(Answer.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Answer.response_version_id == Response.current_version_id,
            Answer.state.in_((AnswerState.ANSWERED, AnswerState.DONT_KNOW)),
            Question.purpose == QuestionPurpose.BID,
            Question.themed.is_(False),
        )
    )
    says = exists().where(
        Comment.response_id == Response.id,
        Comment.is_current,
        Comment.word_count > 0,
        ~has_standing_flag(NO_SUBSTANCE),
    )
    included = responses_that_stand(consultation_id, Standing.INCLUDED)
    return included.where(~answered.exists(), ~says, ~_settled(CleaningKind.BLANK))


WAITING: dict[str, Any] = {
    "duplicates": duplicates_waiting,
    "tests": tests_waiting,
    "blank": blank_waiting,
    "personal": personal_details_waiting,
    "safety": safety_waiting,
    "letters": letters_waiting,
    "late": late_waiting,
}


def count_waiting(consultation_id: uuid.UUID, tab: str) -> int:
    behind = WAITING[tab](consultation_id).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def count_safeguarding(consultation_id: uuid.UUID) -> int:
    behind = readable_comments(consultation_id).where(has_standing_flag(SAFEGUARDING)).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def _settled(kind: CleaningKind) -> ColumnElement[bool]:
    return exists().where(
        CleaningItem.response_id == Response.id,
        CleaningItem.kind == kind,
        CleaningItem.decision.not_in(OPEN),
    )
