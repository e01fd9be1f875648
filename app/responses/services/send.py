"""One press, one response: the working version becomes the sent one, and its texts become comments.

A changed response is sent the same way. Its first time of sending stays the response's own.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.queries.parts import AskedQuestion, reply_parts
from app.database import insert_rows, session
from app.enums import AnswerState, CommentSource, QuestionPurpose, RespondentKind, ResponseStatus, Stage
from app.models import Answer, AnswerChoice, Consultation, Response, ResponseVersion, SendToken
from app.responses.facts import facts_of
from app.responses.refusals import NeededFirst, NothingAnswered
from app.responses.services.keep_comments import keep_comments
from app.responses.services.lock import (
    check_takes_drafts,
    hold,
    must_be_written,
    version_being_written,
    working_version,
)
from app.responses.services.note_signals import note_signals
from app.responses.signals import Signals

_ANSWERS = (
    select(Answer)
    .where(Answer.response_version_id == bindparam("version"))
    .options(joinedload(Answer.choices).joinedload(AnswerChoice.option))
    .execution_options(populate_existing=True)
)


def send_response(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    shown: int | None = None,
    signals: Signals | None = None,
    language: str | None = None,
    actor: Actor,
    now: datetime,
) -> Response:
    """`shown` is the number of the version that was checked, None for not known: a press for another one
    sends nothing. A response that is sent already is returned as it is. `language` is that of the page.

    Raises NotOpen, NothingAnswered, NeededFirst, AlreadySent.
    """
    response = hold(response_id)
    written = version_being_written(response)
    if response.status is ResponseStatus.SENT and (written is None or shown not in (None, written.number)):
        return response
    check_takes_drafts(consultation, now=now)
    first = response.status is ResponseStatus.DRAFT
    version = must_be_written(response, written)
    sent = _send(consultation, response, version, actor=actor, now=now)
    sent.language = language or sent.language
    if first and signals is not None:
        note_signals(sent, signals, now=now)
    session.flush()
    return sent


def send_version(consultation: Consultation, response: Response, *, actor: Actor, now: datetime) -> Response:
    """Whatever the time is. The response is held. Raises NothingAnswered, NeededFirst, AlreadySent."""
    sent = _send(consultation, response, working_version(response), actor=actor, now=now)
    session.flush()
    return sent


def _send(
    consultation: Consultation, response: Response, version: ResponseVersion, *, actor: Actor, now: datetime
) -> Response:
    """All of it is for one flush, which is the caller's. The token is unique by its version: were the
    response not held, a second sending would fail whole.
    """
    # Read once the response is held: who replies may have been changed a moment before.
    parts = reply_parts(consultation, response.kind)
    questions = [q for part in parts for q in part.questions if not q.contact]
    answers = _answers(version)
    _check(response, questions, answers)
    given = _complete(version, response, questions, answers)
    letter = [answer for answer in answers if _is_letter_sent(answer, response)]
    texts = [answer for answer in letter if answer.text]
    texts += [answer for question, answer in given if question.themed and answer.text]
    texts += _on_passages(answers)
    keep_comments(response, version, texts)
    _mirror(response, given)
    session.add(SendToken(response_id=response.id, version_id=version.id, sent_at=now))
    response.status, response.sent_at = ResponseStatus.SENT, response.sent_at or now
    response.is_test = response.is_test or consultation.stage is Stage.TESTING
    response.current_version_id, version.sent_at = version.id, now
    record(
        "sent", actor=actor, now=now, subject="response", subject_id=response.id,
        subject_name=response.reference, consultation_id=consultation.id, details={"version": version.number},
    )  # fmt: skip
    return response


def _answers(version: ResponseVersion) -> list[Answer]:
    return list(session.scalars(_ANSWERS, {"version": version.id}).unique())


def _check(response: Response, questions: list[AskedQuestion], answers: list[Answer]) -> None:
    there = {answer.question_id for answer in answers if answer.text or answer.choices}
    letter = any(answer.text for answer in answers if _is_letter_sent(answer, response))
    asked = [question for question in questions if question.purpose is QuestionPurpose.BID]
    if not letter and not _on_passages(answers) and not any(question.id in there for question in asked):
        raise NothingAnswered
    needed = [question.key for question in questions if question.needed_to_send and question.id not in there]
    if needed and response.kind is RespondentKind.ORGANISATION:
        raise NeededFirst(needed)


def _complete(
    version: ResponseVersion, response: Response, questions: list[AskedQuestion], answers: list[Answer]
) -> list[tuple[AskedQuestion, Answer]]:
    """Makes an answer for every question asked: what is left open is "no answer", or "not asked" in a letter.
    Gives those that had a row.

    Answers to what this kind of respondent is not asked (they changed the kind) go, and so does a letter of
    someone who then chose to answer the questions: what they did not see on the check page is not sent.
    """
    rows = {answer.question_id: answer for answer in answers if answer.question_id}
    asked = {question.id for question in questions}
    for answer in answers:
        left_letter = answer.source is CommentSource.LETTER and not response.is_letter
        emptied = answer.passage_id is not None and not answer.text
        if left_letter or emptied or (answer.question_id and answer.question_id not in asked):
            session.delete(answer)
    found, missing = [], []
    for question in questions:
        if (row := rows.get(question.id)) is None:
            missing.append(_no_answer(question, version, response))
            continue
        if not row.text and not row.choices:
            row.state = _left_open(question, response)
        found.append((question, row))
    if missing:
        insert_rows(Answer, missing)
    return found


def _no_answer(question: AskedQuestion, version: ResponseVersion, response: Response) -> dict[str, Any]:
    return {
        "response_version_id": version.id,
        "question_id": question.id,
        "question_version_id": question.version_id,
        "state": _left_open(question, response),
    }


def _on_passages(answers: Iterable[Answer]) -> list[Answer]:
    written = [answer for answer in answers if answer.passage_id and answer.text]
    return sorted(written, key=lambda answer: answer.id)


def _is_letter_sent(answer: Answer, response: Response) -> bool:
    return response.is_letter and answer.source is CommentSource.LETTER


def _left_open(question: AskedQuestion, response: Response) -> AnswerState:
    on_the_form = question.purpose is QuestionPurpose.BID
    return AnswerState.NOT_ASKED if response.is_letter and on_the_form else AnswerState.NONE


def _mirror(response: Response, given: Iterable[tuple[AskedQuestion, Answer]]) -> None:
    plain = {
        question.key: answer.text or answer.choices[0].option.key
        for question, answer in given
        if answer.text or answer.choices
    }
    facts = facts_of(response.kind, plain)
    response.area = facts.area
    response.organisation_name = facts.organisation_name
    response.organisation_type = facts.organisation_type
    response.publication = facts.publication
