"""What the report on a file of codings said when it was made: numbers, and the rows that its page shows.
Judging a file takes seconds, so it is not done for each look at it.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.themes.queries.import_report import ImportReport

ROWS_SHOWN: Final = 200
JUDGED: Final = "judged"  # its place among the figures of the file


@dataclass(frozen=True)
class AddedRow:
    line: int
    comment_id: uuid.UUID
    comment: str
    theme: str
    stance: str


@dataclass(frozen=True)
class RefusedRow:
    line: int
    why: str


@dataclass(frozen=True, kw_only=True)
class JudgedImport:
    """`digest`: of exactly these additions."""

    at: datetime
    digest: str
    added: int
    comments: int
    there: int
    refused: int
    added_rows: tuple[AddedRow, ...]
    refused_rows: tuple[RefusedRow, ...]


def as_figures(report: ImportReport, *, now: datetime) -> dict[str, Any]:
    return {
        "at": now.isoformat(),
        "digest": report.digest,
        "added": len(report.added),
        "comments": report.comments,
        "there": len(report.there),
        "refused": len(report.refused),
        "added_rows": [
            [one.line, str(one.comment_id), one.comment, one.theme, one.stance.value]
            for one in report.added[:ROWS_SHOWN]
        ],
        "refused_rows": [[one.line, one.why] for one in report.refused[:ROWS_SHOWN]],
    }


def judged(figures: dict[str, Any]) -> JudgedImport:
    return JudgedImport(
        at=datetime.fromisoformat(figures["at"]),
        digest=figures["digest"],
        added=figures["added"],
        comments=figures["comments"],
        there=figures["there"],
        refused=figures["refused"],
        added_rows=tuple(
            AddedRow(line, uuid.UUID(key), comment, theme, stance)
            for line, key, comment, theme, stance in figures["added_rows"]
        ),
        refused_rows=tuple(RefusedRow(line, why) for line, why in figures["refused_rows"]),
    )
