"""The job "export": writes a table to a file, block by block."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.accounts.permissions import allows, sees_whole_audit
from app.accounts.queries.audit import Asked, audit_entries
from app.accounts.queries.rights import roles_in
from app.counting.comments import comment_progress
from app.database import session
from app.enums import Role
from app.jobs.work import CannotBeDone, Stopped, Work
from app.reporting.files.tables import AUDIT, COMMENTS, FRAME, TABLES, THEMES, Table
from app.reporting.files.writing import Row, write_table
from app.reporting.queries.export_comments import comment_rows
from app.reporting.queries.export_frame import frame_rows, theme_rows
from app.reporting.queries.exports import KEPT

SAY_EVERY: Final = 1.0  # seconds
WRITING: Final = "Writing"


def make_export(work: Work) -> None:
    """Under its name the file is whole. Raises CannotBeDone when the officer has lost the right meanwhile."""
    table, path = TABLES[work.arguments["table"]], Path(work.arguments["path"])
    consultation_id, roles = _asked_by(work, table)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(path.parent)
    part = path.with_suffix(f".{uuid.uuid4().hex}.part")
    part.touch(mode=0o600)
    try:
        blocks = _blocks(work, table, consultation_id, roles)
        rows = write_table(
            part, table, _said(work, table, consultation_id, blocks), form=work.arguments["form"]
        )
        session.rollback()
        with work.step(done=rows, total=rows, words=WRITING, result={"rows": rows}):
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _asked_by(work: Work, table: Table) -> tuple[uuid.UUID, frozenset[Role]]:
    if work.consultation_id is None or work.officer_id is None:
        raise CannotBeDone("The export names no consultation.")
    roles = roles_in(work.officer_id, consultation_id=work.consultation_id)
    if not allows(roles, table.permission):
        raise CannotBeDone("The officer who asked may not take this table out.")
    return work.consultation_id, roles


def _blocks(
    work: Work, table: Table, consultation_id: uuid.UUID, roles: frozenset[Role]
) -> Iterator[list[Row]]:
    of: dict[str, Callable[[], Iterator[list[Row]]]] = {
        COMMENTS: lambda: comment_rows(consultation_id, zone=work.arguments["zone"]),
        THEMES: lambda: theme_rows(consultation_id),
        FRAME: lambda: frame_rows(consultation_id),
        AUDIT: lambda: _audit_rows(work, consultation_id, roles),
    }
    return of[table.key]()


def _audit_rows(work: Work, consultation_id: uuid.UUID, roles: frozenset[Role]) -> Iterator[list[Row]]:
    only = None if sees_whole_audit(roles) else work.officer_id
    for block in audit_entries(Asked(consultation_id=consultation_id, officer_id=only)):
        yield [
            [one.at.isoformat(timespec="seconds"), one.by, one.about, one.name, one.sentence] for one in block
        ]


def _said(work: Work, table: Table, consultation_id: uuid.UUID, blocks: Iterator[list[Row]]) -> Iterator[Row]:
    """The rows, saying now and then how far it is; each time it says so, the reading begins anew."""
    total = comment_progress(consultation_id).comments if table.key == COMMENTS else 0
    done, last = 0, time.monotonic()
    for block in blocks:
        session.expunge_all()
        yield from block
        done += len({row[0] for row in block}) if table.key == COMMENTS else len(block)
        if work.stop_asked():
            raise Stopped
        if time.monotonic() - last >= SAY_EVERY:
            with work.step(done=done, total=max(total, done), words=WRITING):
                pass
            last = time.monotonic()


def _forget_old(folder: Path) -> None:
    """What nobody can fetch any more."""
    before = time.time() - KEPT.total_seconds()
    for old in folder.iterdir():
        if old.is_file() and os.stat(old).st_mtime < before:
            old.unlink(missing_ok=True)
