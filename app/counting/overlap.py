"""Which themes stand on the same comments."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from app.counting.behind import CommentFilter, comments_behind, standing_coding
from app.counting.frame import counts_for, frame, levels
from app.database import session
from app.models import Coding, Comment


@dataclass(frozen=True)
class Shared:
    """Comments that have both themes; comments as `theme_counts` has them."""

    theme_id: uuid.UUID
    other_id: uuid.UUID
    comments: int


def shared_comments(consultation_id: uuid.UUID, *, least: int) -> list[Shared]:
    """Each pair of themes with so many comments in common, merges resolved. One query, whatever the data."""
    of_levels = levels(frame(consultation_id))
    if not of_levels:
        return []
    behind = comments_behind(consultation_id, CommentFilter(petition=False)).with_only_columns(Comment.id)
    theme_id = counts_for(Coding.theme_id, of_levels[0]).label("theme")
    coded = (
        select(Coding.comment_id, theme_id)
        .where(standing_coding(), Coding.theme_id.in_(of_levels[0]), Coding.comment_id.in_(behind))
        .distinct()
        .cte("coded")
    )
    one, other = coded.alias("one"), coded.alias("other")
    query = (
        select(one.c.theme, other.c.theme, func.count())
        .join(other, (one.c.comment_id == other.c.comment_id) & (one.c.theme < other.c.theme))
        .group_by(one.c.theme, other.c.theme)
        .having(func.count() >= least)
    )
    return [Shared(*row) for row in session.execute(query)]
