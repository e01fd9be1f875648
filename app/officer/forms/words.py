"""How lists name the values that responses and comments carry."""

from collections.abc import Mapping
from typing import Any

from app.counting.standing import Standing
from app.enums import (
    AnswerState,
    Channel,
    CommentSource,
    DispositionValue,
    ExclusionReason,
    Publication,
    RespondentKind,
    Stance,
)

STANDING = {
    Standing.RECEIVED: "Received",
    Standing.INCLUDED: "In the analysis",
    Standing.EXCLUDED: "Excluded",
    Standing.WITHDRAWN: "Withdrawn",
    Standing.TEST: "Test",
}
CHANNEL = {
    Channel.ONLINE: "Online",
    Channel.EMAIL: "Email or letter",
    Channel.PAPER: "Paper form",
    Channel.PHONE: "Phone",
    Channel.EVENT: "Event",
}
KIND = {RespondentKind.INDIVIDUAL: "Individual", RespondentKind.ORGANISATION: "Organisation"}
REASON = {
    ExclusionReason.TEST: "Test",
    ExclusionReason.BLANK: "Blank",
    ExclusionReason.DUPLICATE: "Duplicate",
    ExclusionReason.COMBINED: "Combined",
    ExclusionReason.LATE_UNDECIDED: "Late, to be decided",
    ExclusionReason.LATE: "Late",
    ExclusionReason.SPAM: "Spam",
    ExclusionReason.OTHER: "Other reason",
}
PUBLICATION = {
    Publication.NAMED: "May be quoted, with the name of the organisation",
    Publication.ANONYMOUS: "May be quoted, without a name",
    Publication.NO: "Must not be quoted",
}
STANCE = {
    Stance.SUPPORT: "Support",
    Stance.CONCERN: "Concern",
    Stance.SUGGESTION: "Suggestion",
    Stance.NEUTRAL: "Neutral",
}
DISPOSITION = {
    DispositionValue.UNDECIDED: "Not decided",
    DispositionValue.CODED: "Coded",
    DispositionValue.NO_POINT: "No point made",
    DispositionValue.OUT_OF_SCOPE: "Out of scope",
    DispositionValue.UNCLEAR: "Unclear",
    DispositionValue.REFERS_ELSEWHERE: "Refers to another answer",
    DispositionValue.OTHER: "Other: a point the frame lacks",
    DispositionValue.EXCLUDED: "Excluded",
}
ANSWER = {
    AnswerState.ANSWERED: "Answered",
    AnswerState.DONT_KNOW: "Don't know",
    AnswerState.NONE: "No answer",
    AnswerState.NOT_ASKED: "Not asked",
}
SOURCE = {
    CommentSource.QUESTION: "Answer",
    CommentSource.PASSAGE: "On a paragraph of the draft",
    CommentSource.LETTER: "Part of a letter",
    CommentSource.EVENT: "Note of an event",
}


def known(said: Mapping[Any, str], value: str) -> str:
    """By the value of an enumeration, as addresses carry it."""
    return said.get(value, value)
