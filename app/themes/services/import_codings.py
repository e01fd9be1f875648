"""Codings made in a spreadsheet: the file is read and kept for its report, then applied as one batch."""

import hashlib
import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import BatchKind, CodingSource
from app.models import CodingBatch, CodingImport, Consultation
from app.themes.files.codings_file import CodingRow, CodingsFile
from app.themes.queries.import_report import ImportReport, import_report
from app.themes.queries.judged_import import JUDGED, as_figures
from app.themes.refusals import NothingToImport, NotYours, SelectionChanged, TooManyAtOnce
from app.themes.services.code_comment import officer_of
from app.themes.services.write_codings import NewCoding, lock_comments, write_codings

MOST_AT_ONCE: Final = 20_000  # codings added in one transaction
NAME_KEPT: Final = 120


def keep_file(
    file: CodingsFile, *, content: bytes, name: str, consultation: Consultation, actor: Actor, now: datetime
) -> CodingImport:
    """Nothing is coded yet. The same file again, while the first is not applied, is that one, judged anew:
    its rows come back where they went with an erased response."""
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    sha256 = hashlib.sha256(content).hexdigest()
    waiting = session.scalar(
        select(CodingImport).where(
            CodingImport.consultation_id == consultation.id,
            CodingImport.officer_id == officer_of(actor),
            CodingImport.sha256 == sha256,
            CodingImport.batch_id.is_(None),
        )
    )
    rows = [row.as_json() for row in file.rows]
    if waiting is not None:
        waiting.rows = rows
        _judge(waiting, now=now)
        return waiting
    kept = CodingImport(
        consultation_id=consultation.id,
        number=_last_number(consultation.id) + 1,
        officer_id=officer_of(actor),
        file_name=name[-NAME_KEPT:],
        sha256=sha256,
        rows=rows,
        notes=list(file.notes),
        figures={"without_theme": file.without_theme},
    )
    session.add(kept)
    _judge(kept, now=now)
    record(
        "uploaded", actor=actor, now=now, subject="import", subject_id=kept.id, subject_name=str(kept.number),
        consultation_id=consultation.id, details={"rows": len(file.rows), "sha256": sha256},
    )  # fmt: skip
    return kept


def judge_again(import_id: uuid.UUID, *, now: datetime) -> None:
    """What it would change by now. Nothing for one that is applied."""
    kept = session.scalars(select(CodingImport).where(CodingImport.id == import_id).with_for_update()).one()
    if kept.batch_id is None:
        _judge(kept, now=now)


def _judge(kept: CodingImport, *, now: datetime) -> None:
    rows = [CodingRow.from_json(value) for value in kept.rows]
    report = import_report(kept.consultation_id, rows, officer_id=kept.officer_id)
    kept.figures = {**kept.figures, JUDGED: as_figures(report, now=now)}
    session.flush()


def apply_import(import_id: uuid.UUID, *, digest: str, actor: Actor, now: datetime) -> CodingBatch:
    """Applied twice, it is applied once. Raises SelectionChanged when it would add others than the report
    said, NotYours, NothingToImport or TooManyAtOnce."""
    kept = session.scalars(select(CodingImport).where(CodingImport.id == import_id).with_for_update()).one()
    if kept.officer_id != officer_of(actor):
        raise NotYours
    if kept.batch_id is not None:
        return session.get_one(CodingBatch, kept.batch_id)
    rows = [CodingRow.from_json(value) for value in kept.rows]
    report = _locked_report(kept, rows, officer_of(actor))
    if report.digest != digest:
        raise SelectionChanged
    if not report.added:
        raise NothingToImport
    if len(report.added) > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)
    batch = _batch(kept, report, officer_of(actor))
    kept.batch_id, kept.rows = batch.id, []
    kept.figures = {
        **{name: value for name, value in kept.figures.items() if name != JUDGED},
        "added": len(report.added),
        "there": len(report.there),
        "refused": len(report.refused),
    }
    session.flush()
    record(
        "applied", actor=actor, now=now, subject="import", subject_id=kept.id, subject_name=str(kept.number),
        consultation_id=kept.consultation_id, details={"codings": batch.size, "batch": str(batch.id)},
    )  # fmt: skip
    return batch


def _locked_report(kept: CodingImport, rows: list[CodingRow], officer_id: uuid.UUID) -> ImportReport:
    """Nobody codes these comments in between."""
    seen = import_report(kept.consultation_id, rows, officer_id=officer_id)
    lock_comments({one.comment_id for one in seen.added})
    return import_report(kept.consultation_id, rows, officer_id=officer_id)


def _batch(kept: CodingImport, report: ImportReport, officer_id: uuid.UUID) -> CodingBatch:
    """The theme that a batch names is its first; it may hold others."""
    batch = CodingBatch(
        consultation_id=kept.consultation_id,
        kind=BatchKind.IMPORT_CODINGS,
        theme_id=report.added[0].theme_id,
        officer_id=officer_id,
        criteria={"import": kept.number},
    )
    session.add(batch)
    session.flush()
    written = write_codings(
        [NewCoding(one.comment_id, one.theme_id, one.stance, one.quotes) for one in report.added],
        officer_id=officer_id, source=CodingSource.IMPORTED, batch_id=batch.id,
    )  # fmt: skip
    batch.size = len(written.added)
    return batch


def _last_number(consultation_id: uuid.UUID) -> int:
    query = select(func.max(CodingImport.number)).where(CodingImport.consultation_id == consultation_id)
    return session.scalar(query) or 0
