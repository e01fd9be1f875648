"""Whether the coding is signed off, and what still stands in the way."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.consultations.queries.timing import Window, window
from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.counting.themes import theme_counts
from app.database import session
from app.enums import ExclusionReason, Stage
from app.models import Consultation, FrameVersion, Officer, SignOff
from app.themes.queries.check_samples import samples_of
from app.themes.queries.coder_differences import differences

_by, _reopened_by = aliased(Officer), aliased(Officer)

_CLOSED = {  # (whether it is, whether drafts have their grace)
    (True, False): "The consultation is closed",
    (False, True): "The consultation is closed, but those who had started can still send",
    (False, False): "The consultation is still open",
}


@dataclass(frozen=True)
class Check:
    """`needed`: the coding cannot be signed off without it. `work`: where it is done."""

    words: str
    done: bool
    needed: bool
    work: str


@dataclass(frozen=True)
class Signed:
    at: datetime
    by: str
    frame_version: int | None
    undecided: int  # then; nought
    comments: int
    reopened_at: datetime | None
    reopened_by: str | None
    reopened_reason: str


def checklist(consultation: Consultation, *, now: datetime) -> list[Check]:
    progress = comment_progress(consultation.id)
    samples = samples_of(consultation.id)
    unsettled = len(differences(consultation.id))
    measured = any(one.figures for one in samples)
    bare = _bare(consultation.id)
    late = _late(consultation.id)
    stands = window(consultation, now=now)
    closed = consultation.stage is Stage.CLOSED and stands is Window.CLOSED
    return [
        Check(_CLOSED[closed, stands is Window.GRACE], closed, True, "stage"),
        Check(
            _some(progress.undecided, "comment") + " not decided", progress.undecided == 0, True, "undecided"
        ),
        Check(_some(late, "late response") + " to decide", late == 0, False, "late"),
        Check(
            "Agreement measured" if measured else "Agreement not measured yet", measured, False, "agreement"
        ),
        Check(_some(unsettled, "difference") + " to settle", unsettled == 0, False, "differences"),
        Check(_some(bare, "theme") + " without a comment", bare == 0, False, "frame"),
    ]


def sign_offs_of(consultation_id: uuid.UUID) -> list[Signed]:
    """The newest first."""
    rows = session.execute(
        select(SignOff, _by.name, FrameVersion.number, _reopened_by.name)
        .join(_by, _by.id == SignOff.officer_id)
        .outerjoin(FrameVersion, FrameVersion.id == SignOff.frame_version_id)
        .outerjoin(_reopened_by, _reopened_by.id == SignOff.reopened_by_id)
        .where(SignOff.consultation_id == consultation_id)
        .order_by(SignOff.id.desc())
    )
    return [
        Signed(
            at=row.created_at, by=by, frame_version=version, undecided=row.figures.get("undecided", 0),
            comments=row.figures.get("comments", 0), reopened_at=row.reopened_at, reopened_by=reopened_by,
            reopened_reason=row.reopened_reason,
        )
        for row, by, version, reopened_by in rows
    ]  # fmt: skip


def _bare(consultation_id: uuid.UUID) -> int:
    return sum(
        not row.comments for row in theme_counts(consultation_id) if not row.is_net and not row.retired
    )


def _late(consultation_id: uuid.UUID) -> int:
    reasons = reconciliation(consultation_id).excluded_by_reason
    return sum(row.count for row in reasons if row.reason is ExclusionReason.LATE_UNDECIDED)


def _some(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
