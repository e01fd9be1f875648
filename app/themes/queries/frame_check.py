"""The warnings of a frame: those that stand, and those that officers called deliberate."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.counting.comments import CommentProgress, comment_progress
from app.counting.overlap import Shared
from app.counting.themes import ThemeCount, theme_counts_and_shared
from app.database import session
from app.models import FrameSilence, Officer
from app.themes.frame_warnings import SHARED_LEAST, FrameWarning, Measured, frame_warnings
from app.themes.queries.frame import all_themes


@dataclass(frozen=True)
class Silenced:
    warning: FrameWarning
    reason: str
    officer: str
    at: datetime


@dataclass(frozen=True)
class FrameCheck:
    """`silenced`: still so, but deliberate."""

    warnings: tuple[FrameWarning, ...]
    silenced: tuple[Silenced, ...]

    def warning(self, key: str) -> FrameWarning | None:
        return next((one for one in self.warnings if one.key == key), None)


def frame_check(
    consultation_id: uuid.UUID,
    *,
    counted: tuple[Sequence[ThemeCount], Sequence[Shared]] | None = None,
    progress: CommentProgress | None = None,
) -> FrameCheck:
    """`counted`, `progress`: where the page has them already."""
    counts, shared = counted or counted_for_check(consultation_id)
    known = progress or comment_progress(consultation_id)
    measured = Measured(
        counts={row.code: row for row in counts},
        shared=shared,
        comments=known.comments,
        decided=known.decided,
    )
    found = frame_warnings(all_themes(consultation_id), measured)
    silences = _silences(consultation_id)
    return FrameCheck(
        tuple(one for one in found if one.key not in silences),
        tuple(Silenced(one, *silences[one.key]) for one in found if one.key in silences),
    )


def counted_for_check(consultation_id: uuid.UUID) -> tuple[list[ThemeCount], list[Shared]]:
    return theme_counts_and_shared(consultation_id, least=SHARED_LEAST)


def _silences(consultation_id: uuid.UUID) -> dict[str, tuple[str, str, datetime]]:
    query = (
        select(FrameSilence.key, FrameSilence.reason, Officer.name, FrameSilence.created_at)
        .join(Officer, Officer.id == FrameSilence.officer_id)
        .where(FrameSilence.consultation_id == consultation_id, FrameSilence.lifted_at.is_(None))
    )
    return {key: (reason, officer, at) for key, reason, officer, at in session.execute(query)}
