"""What the database holds in the end, beside what the people were told."""

import time
from dataclasses import dataclass

from sqlalchemy import func, select

from app import database
from app.enums import ResponseStatus
from app.models import Comment, PrivateToken, Response, SendToken
from app.responses.links import token_hash

UNCHANGED_FOR_SECONDS, SETTLES_WITHIN_SECONDS = 4, 180


@dataclass(frozen=True)
class Held:
    sent: frozenset[str]  # hashes of the private links of responses that are sent
    responses: int
    sendings_too_many: int
    comments_too_many: int


def held() -> Held:
    found = Held(
        sent=frozenset(
            database.session.scalars(
                select(PrivateToken.token_hash)
                .join(Response, Response.id == PrivateToken.response_id)
                .where(Response.status == ResponseStatus.SENT)
            )
        ),
        responses=database.session.scalar(select(func.count(Response.id))) or 0,
        sendings_too_many=_beyond_one(SendToken.version_id),
        comments_too_many=_comments_too_many(),
    )
    database.session.remove()
    return found


def held_at_last() -> Held:
    """Once the server is through with what its clients no longer wait for."""
    before, now = None, held()
    until = time.monotonic() + SETTLES_WITHIN_SECONDS
    while now != before and time.monotonic() < until:
        time.sleep(UNCHANGED_FOR_SECONDS)
        before, now = now, held()
    return now


def _beyond_one(column: object) -> int:
    every, distinct = database.session.execute(
        select(func.count(column), func.count(column.distinct()))  # type: ignore[arg-type, attr-defined]
    ).one()
    return int(every - distinct)


def _comments_too_many() -> int:
    subject = (Comment.response_id, Comment.source, Comment.question_id, Comment.passage_id)
    groups = select(func.count().label("there")).where(Comment.is_current).group_by(*subject).subquery()
    return int(database.session.scalar(select(func.coalesce(func.sum(groups.c.there - 1), 0))) or 0)


def reckoning(acknowledged: set[str], *, before: Held, after: Held, started: int, key: str) -> dict[str, int]:
    """`started`: drafts that were begun between `before` and `after`."""
    told = {token_hash(token, key=key) for token in acknowledged}
    kept = after.sent - before.sent
    return {
        "acknowledged": len(told),
        "stored": len(kept),
        "lost": len(told - kept),
        "stored_without_being_told": len(kept - told),
        "doubled": (after.responses - before.responses - started)
        + (after.sendings_too_many - before.sendings_too_many)
        + (after.comments_too_many - before.comments_too_many),
    }
