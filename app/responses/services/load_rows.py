"""The rows that one line of a responses file becomes."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from uuid6 import uuid7

from app.database import Base
from app.enums import AnswerState, CommentSource, ExclusionReason, QuestionPurpose, ResponseStatus, Stage
from app.models import (
    Answer,
    AnswerChoice,
    Comment,
    Consultation,
    EqualityAnswer,
    Exclusion,
    Question,
    Response,
    ResponseVersion,
)
from app.responses.facts import facts_of
from app.responses.files.answers import COMMENTS, GivenAnswer
from app.responses.files.rows import ResponseRow
from app.responses.intake import normalise, words_in

Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True)
class Loading:
    """What all rows of one file share."""

    consultation: Consultation
    batch_id: uuid.UUID
    document_version_id: uuid.UUID | None
    zone: ZoneInfo
    moved: timedelta
    now: datetime

    def sent_at(self, row: ResponseRow) -> datetime:
        """Moved on the local calendar, so that the time of day stays whatever summer time does."""
        return (row.submitted + self.moved).replace(tzinfo=self.zone)


@dataclass(frozen=True)
class BuiltResponse:
    response_id: uuid.UUID
    version_id: uuid.UUID
    rows: Rows = field(default_factory=lambda: defaultdict(list))


def build(row: ResponseRow, given: Sequence[GivenAnswer], loading: Loading, reference: str) -> BuiltResponse:
    built = BuiltResponse(uuid7(), uuid7())
    sent_at = loading.sent_at(row)
    late = sent_at >= loading.consultation.closes_at
    answers = [one for one in given if one.question.purpose is not QuestionPurpose.EQUALITY]
    built.rows[Response].append(_response(row, answers, loading, reference) | {
        "id": built.response_id, "sent_at": sent_at, "started_at": sent_at, "late": late,
    })  # fmt: skip
    built.rows[ResponseVersion].append(
        {
            "id": built.version_id,
            "response_id": built.response_id,
            "sent_at": sent_at,
            "document_version_id": loading.document_version_id,
        }
    )
    for one in answers:
        _add_answer(one, built)
    _add_comments(row, {one.question.response_field: one.question for one in answers}, loading, built)
    _add_equality(given, built)
    if late:
        reason = ExclusionReason.LATE_UNDECIDED
        built.rows[Exclusion].append({"response_id": built.response_id, "reason": reason})
    return built


def _response(
    row: ResponseRow, answers: Sequence[GivenAnswer], loading: Loading, reference: str
) -> dict[str, Any]:
    plain = {one.question.key: one.text or one.options[0].key for one in answers if one.text or one.options}
    facts = facts_of(row.kind, plain)
    return {
        "consultation_id": loading.consultation.id,
        "reference": reference,
        "status": ResponseStatus.SENT,
        "channel": row.channel,
        "kind": row.kind,
        "area": facts.area,
        "organisation_name": facts.organisation_name,
        "organisation_type": facts.organisation_type,
        "publication": facts.publication,
        "is_test": loading.consultation.stage is Stage.TESTING,
        "language": loading.consultation.language,
        "import_batch_id": loading.batch_id,
        "import_key": row.key,
        "import_row": row.line,
    }


def _add_answer(one: GivenAnswer, built: BuiltResponse) -> None:
    answer_id = uuid7()
    built.rows[Answer].append(
        {
            "id": answer_id,
            "response_version_id": built.version_id,
            "question_id": one.question.id,
            "question_version_id": one.question.current_version_id,
            "state": one.state,
            "text": one.text,
        }
    )
    built.rows[AnswerChoice].extend(
        {"answer_id": answer_id, "option_id": option.id} for option in one.options
    )


def _add_comments(
    row: ResponseRow, questions: dict[str | None, Question], loading: Loading, built: BuiltResponse
) -> None:
    for number, comment in enumerate(row.comments, 1):
        text = normalise(comment.text)
        built.rows[Comment].append(
            {
                "consultation_id": loading.consultation.id,
                "response_id": built.response_id,
                "number": number,
                "first_version_id": built.version_id,
                "source": CommentSource.QUESTION,
                "question_id": questions[COMMENTS + comment.question].id,
                "text": text,
                "redacted_text": text,
                "word_count": words_in(text),
            }
        )


def _add_equality(given: Sequence[GivenAnswer], built: BuiltResponse) -> None:
    for one in given:
        if one.question.purpose is QuestionPurpose.EQUALITY and one.state is AnswerState.ANSWERED:
            built.rows[EqualityAnswer].append(
                {
                    "response_id": built.response_id,
                    "question_id": one.question.id,
                    "option_id": one.options[0].id,
                }
            )
