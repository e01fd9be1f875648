"""Who raised a theme: respondents by area and by type. To be shown only with small numbers hidden."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.counting.behind import CommentFilter, comments_behind
from app.counting.responses import KeyCount
from app.counting.standing import Respondent
from app.database import session
from app.enums import RespondentKind


@dataclass(frozen=True)
class RaisedBy:
    """`by_area`, `by_organisation_type`: the largest first, those who gave none last."""

    by_area: list[KeyCount]
    by_kind: list[KeyCount]
    by_organisation_type: list[KeyCount]


def raised_by(consultation_id: uuid.UUID, theme: str) -> RaisedBy:
    chosen = comments_behind(consultation_id, CommentFilter(theme=theme))
    columns = (Respondent.id, Respondent.area, Respondent.kind, Respondent.organisation_type)
    people = session.execute(chosen.with_only_columns(*columns).distinct()).all()
    kinds = Counter(kind for _, _, kind, _ in people)
    return RaisedBy(
        by_area=_sorted(area for _, area, _, _ in people),
        by_kind=[KeyCount(kind.value, kinds[kind]) for kind in RespondentKind],
        by_organisation_type=_sorted(
            type_ for _, _, kind, type_ in people if kind is RespondentKind.ORGANISATION
        ),
    )


def _sorted(keys: Iterable[str | None]) -> list[KeyCount]:
    found = sorted(Counter(keys).items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [KeyCount(key, count) for key, count in found]
