"""Who raised a theme: respondents by area and by type. To be shown only with small numbers hidden."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.counting.behind import CommentFilter
from app.counting.responses import KeyCount
from app.counting.standing import Respondent
from app.counting.two_queries import comments_in_two_queries
from app.database import session
from app.enums import RespondentKind
from app.models import Response


@dataclass(frozen=True)
class RaisedBy:
    """`by_area`, `by_organisation_type`: as `by_size` has them."""

    by_area: list[KeyCount]
    by_kind: list[KeyCount]
    by_organisation_type: list[KeyCount]


def raised_by(consultation_id: uuid.UUID, theme: str) -> RaisedBy:
    areas, kinds, types = Counter[str | None](), Counter[RespondentKind](), Counter[str | None]()
    columns = (Response.area, Response.kind, Response.organisation_type)
    for chosen in comments_in_two_queries(consultation_id, CommentFilter(theme=theme)):
        people = Response.id.in_(chosen.with_only_columns(Respondent.id))
        query = select(*columns, func.count()).where(people).group_by(*columns)
        for area, kind, type_, count in session.execute(query):
            areas[area] += count
            kinds[kind] += count
            if kind is RespondentKind.ORGANISATION:
                types[type_] += count
    return RaisedBy(
        by_area=by_size(areas),
        by_kind=[KeyCount(kind.value, kinds[kind]) for kind in RespondentKind],
        by_organisation_type=by_size(types),
    )


def by_size(counts: Mapping[str | None, int]) -> list[KeyCount]:
    """The largest first, those who gave none last. Small numbers are hidden in this order: another would hide
    others."""
    found = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [KeyCount(key, count) for key, count in found]
