"""Late responses against the agreed frame: which of their comments may make a point that it lacks."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.counting.suggestions import current_run
from app.database import session
from app.models import Comment, ReadingOrder, Response, Suggestion
from app.themes.queries.frame_changes import signed_off
from app.themes.queries.suggestions import POSSIBLE


@dataclass(frozen=True)
class LateFit:
    """`poor`: comments for which the software finds nothing likely or possible; `unread`: it has not read
    them yet."""

    comments: int = 0
    poor: int = 0
    unread: int = 0


def late_fits(consultation_id: uuid.UUID, references: Iterable[str]) -> dict[str, LateFit]:
    """By the reference of a response. Empty before the frame is agreed, which is when the coding is signed
    off: until then a comment that fits nothing is one of many, and the frame follows. Two queries."""
    wanted = list(references)
    if not wanted or signed_off(consultation_id) is None:
        return {}
    of = Comment.consultation_id == consultation_id, Response.reference.in_(wanted)
    comments, poor, unread = Counter[str](), Counter[str](), Counter[str]()
    for _, reference, read in _likeliest(consultation_id, *of):
        comments[reference] += 1
        unread[reference] += read is None
        poor[reference] += read is not None and read < POSSIBLE
    return {key: LateFit(comments[key], poor[key], unread[key]) for key in comments}


def may_not_fit(comment_id: uuid.UUID, response: Response) -> bool:
    """For the comment of any response that did not come late: no, and without a query."""
    if not response.late or signed_off(response.consultation_id) is None:
        return False
    found = _likeliest(response.consultation_id, Comment.id == comment_id)
    return any(read is not None and read < POSSIBLE for _, _, read in found)


def _likeliest(consultation_id: uuid.UUID, *which: object) -> list[tuple[uuid.UUID, str, float | None]]:
    """Each current comment with the reference of its response and the best probability that the run in use
    gives it: 0 where it found nothing in it, None where it has not read it."""
    run = current_run(consultation_id).scalar_subquery()
    in_order = select(ReadingOrder.id).where(
        ReadingOrder.comment_id == Comment.id, ReadingOrder.run_id == run
    )
    query = (
        select(Comment.id, Response.reference, func.max(Suggestion.probability), in_order.exists())
        .join(Response, Response.id == Comment.response_id)
        .outerjoin(Suggestion, (Suggestion.comment_id == Comment.id) & (Suggestion.run_id == run))
        .where(Comment.is_current, *which)  # type: ignore[arg-type]
        .group_by(Comment.id, Response.reference)
    )
    return [
        (key, reference, best if best is not None else 0.0 if read else None)
        for key, reference, best, read in session.execute(query)
    ]
