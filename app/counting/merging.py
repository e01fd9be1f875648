"""What two themes would count as one, before they are merged."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, distinct, exists, func, select

from app.counting.behind import CommentFilter, comments_behind, standing_coding
from app.counting.frame import frame
from app.counting.standing import Respondent
from app.database import session
from app.models import Coding, Comment


@dataclass(frozen=True)
class Together:
    """Comments and respondents as `theme_counts` has them; the codings of the first count for the second."""

    codings: int
    comments_with_both: int
    comments: int
    respondents: int


def together(consultation_id: uuid.UUID, code: str, into: str) -> Together:
    of = frame(consultation_id)
    goes, stays = of.under(code), of.under(into)
    either = exists().where(
        Coding.comment_id == Comment.id, standing_coding(), Coding.theme_id.in_([*goes, *stays])
    )
    counted = comments_behind(consultation_id, CommentFilter(petition=False)).where(either)
    comments, respondents = session.execute(
        counted.with_only_columns(func.count(distinct(Comment.id)), func.count(distinct(Respondent.id)))
    ).one()
    codings = select(func.count(Coding.id)).where(Coding.theme_id.in_(goes), standing_coding())
    both = comments_with_both(consultation_id, code, into).subquery()
    return Together(
        codings=session.scalar(codings) or 0,
        comments_with_both=session.scalar(select(func.count()).select_from(both)) or 0,
        comments=comments,
        respondents=respondents,
    )


def comments_with_both(consultation_id: uuid.UUID, code: str, other: str) -> Select[uuid.UUID]:
    """Ids of comments."""
    first = comments_behind(consultation_id, CommentFilter(theme=code))
    return first.where(Comment.id.in_(comments_behind(consultation_id, CommentFilter(theme=other))))
