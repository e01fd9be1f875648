"""What one officer did today and asked of colleagues, and how long the team's reading will take."""

import math
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from app.counting.behind import UK, uk_day
from app.counting.comments import comment_progress
from app.database import session
from app.models import MAIN_LAYER, Comment, Discussion, Officer, ReadingSave, Response

PAUSE = timedelta(minutes=10)  # a longer time between two saves was not spent on reading
FEWEST = 5  # saves that a pace is said for
WINDOW = timedelta(days=7)
MOST_FLAGS = 25


@dataclass(frozen=True)
class Today:
    """`an_hour`: comments, of the time spent reading; None when too few were read to say."""

    comments: int
    themes: int
    an_hour: int | None


@dataclass(frozen=True)
class Reply:
    officer: str
    text: str
    at: datetime


@dataclass(frozen=True)
class MyFlag:
    comment_id: uuid.UUID
    reference: str
    text: str
    at: datetime
    settled_at: datetime | None
    replies: Sequence[Reply]


@dataclass(frozen=True)
class Team:
    """`read`: comments that anyone saved in the last seven days; `finish` is None without any."""

    undecided: int
    read: int
    finish: date | None


def today(consultation_id: uuid.UUID, *, officer_id: uuid.UUID, now: datetime) -> Today:
    """Saves on the reading screen that were not undone; a comment saved twice counts once."""
    start, end = uk_day(now.astimezone(UK).date())
    rows = session.execute(
        select(ReadingSave.comment_id, ReadingSave.themes, ReadingSave.created_at)
        .where(
            ReadingSave.consultation_id == consultation_id,
            ReadingSave.officer_id == officer_id,
            ReadingSave.undone_at.is_(None),
            ReadingSave.details["layer"].as_string() == MAIN_LAYER,
            ReadingSave.created_at >= start,
            ReadingSave.created_at < end,
        )
        .order_by(ReadingSave.created_at)
    ).all()
    themes = {comment_id: count for comment_id, count, _ in rows}
    return Today(len(themes), sum(themes.values()), pace([at for _, _, at in rows]))


def pace(saves: Sequence[datetime]) -> int | None:
    gaps = [later - earlier for earlier, later in pairwise(saves)]
    reading = [gap for gap in gaps if gap <= PAUSE]
    spent = sum(reading, timedelta())
    return round(len(reading) / (spent / timedelta(hours=1))) if len(reading) >= FEWEST and spent else None


def my_flags(consultation_id: uuid.UUID, *, officer_id: uuid.UUID) -> list[MyFlag]:
    """The newest, with what colleagues wrote on the comment since."""
    flags = session.execute(
        select(Discussion, Response.reference)
        .join(Comment, Comment.id == Discussion.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.consultation_id == consultation_id,
            Discussion.officer_id == officer_id,
            Discussion.flagged,
        )
        .order_by(Discussion.created_at.desc())
        .limit(MOST_FLAGS)
    ).all()
    replies = _said_by_others([flag.comment_id for flag, _ in flags], officer_id)
    return [
        MyFlag(
            flag.comment_id, reference, flag.text, flag.created_at, flag.settled_at,
            [one for one in replies[flag.comment_id] if one.at >= flag.created_at],
        )
        for flag, reference in flags
    ]  # fmt: skip


def _said_by_others(ids: Sequence[uuid.UUID], officer_id: uuid.UUID) -> dict[uuid.UUID, list[Reply]]:
    query = (
        select(Discussion, Officer.name)
        .join(Officer, Officer.id == Discussion.officer_id)
        .where(Discussion.comment_id.in_(ids), Discussion.officer_id != officer_id, Discussion.text != "")
        .order_by(Discussion.created_at)
    )
    found: dict[uuid.UUID, list[Reply]] = defaultdict(list)
    for row, name in session.execute(query):
        found[row.comment_id].append(Reply(name, row.text, row.created_at))
    return found


def team(consultation_id: uuid.UUID, *, now: datetime) -> Team:
    """At the pace of the last seven days, or of those since the first save in them."""
    left = comment_progress(consultation_id).undecided
    read, first = session.execute(
        select(func.count(ReadingSave.comment_id.distinct()), func.min(ReadingSave.created_at)).where(
            ReadingSave.consultation_id == consultation_id,
            ReadingSave.undone_at.is_(None),
            ReadingSave.details["layer"].as_string() == MAIN_LAYER,
            ReadingSave.created_at >= now - WINDOW,
        )
    ).one()
    if not read or not left:
        return Team(left, read, None)
    days = max(1.0, (now - first) / timedelta(days=1))
    return Team(left, read, now.astimezone(UK).date() + timedelta(days=math.ceil(left * days / read)))
