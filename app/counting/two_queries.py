"""The comments that count, in two queries: most of them without the joins that only a few need.

A number is counted over both and added, as they share no comment and no respondent.
"""

import uuid
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union_all

from app.counting.behind import CommentFilter, comments_behind, conditions_of
from app.counting.standing import Respondent, responses_apart
from app.models import Comment

EVERY: Final = CommentFilter()


def comments_in_two_queries(
    consultation_id: uuid.UUID, chosen: CommentFilter = EVERY
) -> tuple[Select[uuid.UUID], Select[uuid.UUID]]:
    """Together what `comments_behind` gives: most comments, and the few of `responses_apart`."""
    apart = Comment.response_id.in_(responses_apart(consultation_id))
    wanted = [*conditions_of(consultation_id, chosen), *([false()] if chosen.petition else [])]
    most = (
        select(Comment.id)
        .outerjoin(Respondent, Respondent.id == Comment.response_id)
        .where(Comment.consultation_id == consultation_id, Comment.is_current, ~apart, *wanted)
    )
    return most, comments_behind(consultation_id, chosen).where(apart)


def comments_apart(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the few comments that may not count: every other one does."""
    here = Comment.consultation_id == consultation_id
    of_these = Comment.response_id.in_(responses_apart(consultation_id))
    parts = union_all(
        select(Comment.id).where(here, ~Comment.is_current), select(Comment.id).where(here, of_these)
    ).subquery("apart_comments")
    return select(parts.c[0])


def comment_is_counted(consultation_id: uuid.UUID) -> ColumnElement[bool]:
    """A condition on Comment: it counts, and is no petition. For queries that end after a few comments."""
    plain = Comment.response_id.not_in(responses_apart(consultation_id))
    _, others = comments_in_two_queries(consultation_id, CommentFilter(petition=False))
    return and_(
        Comment.consultation_id == consultation_id, Comment.is_current, or_(plain, Comment.id.in_(others))
    )
