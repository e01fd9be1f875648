"""Who raised a theme: respondents by area and by type. To be shown only with small numbers hidden."""

import uuid
from typing import Any

from sqlalchemy import distinct, func
from sqlalchemy.orm import InstrumentedAttribute

from app.counting.behind import CommentFilter, comments_behind
from app.counting.responses import KeyCount
from app.counting.standing import Respondent
from app.database import session
from app.enums import RespondentKind


def raised_by_area(consultation_id: uuid.UUID, theme: str) -> list[KeyCount]:
    """The largest first, those who gave none last."""
    found = _by(consultation_id, Respondent.area, CommentFilter(theme=theme))
    order = sorted(found.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [KeyCount(key, count) for key, count in order]


def raised_by_kind(consultation_id: uuid.UUID, theme: str) -> list[KeyCount]:
    found = _by(consultation_id, Respondent.kind, CommentFilter(theme=theme))
    return [KeyCount(kind.value, found.get(kind, 0)) for kind in RespondentKind]


def raised_by_organisation_type(consultation_id: uuid.UUID, theme: str) -> list[KeyCount]:
    chosen = CommentFilter(theme=theme, kind=RespondentKind.ORGANISATION)
    found = _by(consultation_id, Respondent.organisation_type, chosen)
    order = sorted(found.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [KeyCount(key, count) for key, count in order]


def _by(
    consultation_id: uuid.UUID, column: InstrumentedAttribute[Any], chosen: CommentFilter
) -> dict[Any, int]:
    query = comments_behind(consultation_id, chosen).with_only_columns(
        column, func.count(distinct(Respondent.id))
    )
    return {key: count for key, count in session.execute(query.group_by(column))}
