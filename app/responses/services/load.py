"""Responses from a file: all of it or nothing, and never a response twice."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.files.problems import Problems
from app.consultations.queries.documents import current_document
from app.consultations.queries.questions import questions_of
from app.database import session
from app.models import (
    Answer,
    AnswerChoice,
    Comment,
    Consultation,
    EqualityAnswer,
    Exclusion,
    ImportBatch,
    Question,
    Response,
    ResponseVersion,
)
from app.responses.facts import KIND
from app.responses.files.answers import GivenAnswer, answers_of
from app.responses.files.rows import ResponseRow, read_rows
from app.responses.queries.references import references_in
from app.responses.references import new_reference
from app.responses.services.load_rows import BuiltResponse, Loading, build

TABLES = (Response, ResponseVersion, Answer, AnswerChoice, Comment, EqualityAnswer, Exclusion)
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class LoadedResponses:
    batch_id: uuid.UUID
    responses: int
    comments: int
    already: int  # rows whose id was loaded before


def load_responses(
    consultation: Consultation, *, text: str, file_name: str, actor: Actor, now: datetime, move_days: int = 0
) -> LoadedResponses:
    """Each response's time is moved by `move_days`. Raises RefusedFile with every problem found."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    questions = [q for q in questions_of(consultation.id) if not q.contact and q.key != KIND]
    rows = read_rows(text, plain_fields=plain_fields(questions))
    if (batch := _batch(consultation, digest)) is not None:
        return LoadedResponses(batch.id, 0, 0, len(rows))
    given = _answers(rows, questions)
    here = _keys_here(consultation)
    new = [row for row in rows if row.key not in here]
    batch = ImportBatch(
        consultation_id=consultation.id, officer_id=actor.officer_id, file_name=file_name, sha256=digest
    )
    session.add(batch)
    session.flush()
    loading = _loading(consultation, batch, now=now, move_days=move_days)
    built = [build(row, given[row.key], loading, reference) for row, reference in _named(new, consultation)]
    _insert(built, batch)
    comments = sum(len(one.rows[Comment]) for one in built)
    batch.figures = {"responses": len(new), "comments": comments, "already": len(rows) - len(new)}
    record(
        "loaded",
        actor=actor,
        now=now,
        subject="responses",
        subject_id=batch.id,
        subject_name=file_name,
        consultation_id=consultation.id,
        details=dict(batch.figures),
    )
    return LoadedResponses(batch.id, len(new), comments, len(rows) - len(new))


def plain_fields(questions: list[Question]) -> list[str]:
    """The keys of a row that stand outside `closed` and `comments`."""
    return [q.response_field for q in questions if q.response_field and "." not in q.response_field]


def _batch(consultation: Consultation, digest: str) -> ImportBatch | None:
    return session.scalar(
        select(ImportBatch).where(
            ImportBatch.consultation_id == consultation.id, ImportBatch.sha256 == digest
        )
    )


def _keys_here(consultation: Consultation) -> set[str | None]:
    found = select(Response.import_key).where(
        Response.consultation_id == consultation.id, Response.import_key.is_not(None)
    )
    return set(session.scalars(found))


def _answers(rows: list[ResponseRow], questions: list[Question]) -> dict[str, list[GivenAnswer]]:
    problems = Problems()
    found = {row.key: answers_of(row, questions, problems=problems) for row in rows}
    problems.refuse()
    return found


def _named(rows: list[ResponseRow], consultation: Consultation) -> Iterable[tuple[ResponseRow, str]]:
    taken = references_in(consultation.id)
    for row in rows:
        while (reference := new_reference(consultation.reference_prefix)) in taken:
            continue
        taken.add(reference)
        yield row, reference


def _loading(consultation: Consultation, batch: ImportBatch, *, now: datetime, move_days: int) -> Loading:
    document = current_document(consultation.id)
    return Loading(
        consultation=consultation,
        batch_id=batch.id,
        document_version_id=document.id if document else None,
        zone=ZoneInfo(consultation.timezone),
        moved=timedelta(days=move_days),
        now=now,
    )


def _insert(built: list[BuiltResponse], batch: ImportBatch) -> None:
    """Tables in the order of their foreign keys; a response points to its version once that is there."""
    for model in TABLES:
        rows: list[dict[str, Any]] = [row for one in built for row in one.rows[model]]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            session.execute(insert(model), rows[start : start + ROWS_AT_ONCE])
    only_version = select(ResponseVersion.id).where(ResponseVersion.response_id == Response.id)
    session.execute(
        update(Response)
        .where(Response.import_batch_id == batch.id)
        .values(current_version_id=only_version.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
