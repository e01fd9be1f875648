"""Asking for comments to be read again when what a theme means has changed.

What is asked is kept with the coding, so that it goes where merges, splits and their undo take the coding. It
is met by the next saving on the reading screen, and comes back when that saving is undone.
"""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update

from app.counting.behind import standing_coding
from app.database import session
from app.models import Coding, Reading
from app.themes.services.write_codings import lock_comments


def lock_coded(theme_ids: Collection[uuid.UUID]) -> None:
    _lock(*_standing(theme_ids))


def ask_to_read_again(theme_ids: Collection[uuid.UUID], *, now: datetime) -> None:
    """Those that wait already keep the time they were first asked for at, so that an undo takes back no more
    than it should. The comments must be locked."""
    since = exists().where(Reading.comment_id == Coding.comment_id, Reading.read_at > Coding.read_again_at)
    waits_not = or_(Coding.read_again_at.is_(None), since)
    session.execute(
        update(Coding).where(*_standing(theme_ids), waits_not).values(read_again_at=now),
        execution_options={"synchronize_session": False},
    )


def take_back(theme_ids: Collection[uuid.UUID], *, asked_at: datetime) -> None:
    asked = (Coding.theme_id.in_(theme_ids), Coding.read_again_at == asked_at)
    _lock(*asked)
    session.execute(
        update(Coding).where(*asked).values(read_again_at=None),
        execution_options={"synchronize_session": False},
    )


def _standing(theme_ids: Collection[uuid.UUID]) -> tuple[ColumnElement[bool], ...]:
    return Coding.theme_id.in_(theme_ids), standing_coding()


def _lock(*conditions: ColumnElement[bool]) -> None:
    lock_comments(set(session.scalars(select(Coding.comment_id).where(*conditions))), deciding=False)
