"""What the partners say to themes: the answers that stand, and the list that officers write them from."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.counting.frame import Frame, FrameRow, frame
from app.counting.themes import theme_counts
from app.database import session
from app.enums import PartnerAnswerKind
from app.models import Officer, PartnerAnswer
from app.reporting.document import Json

NONE_YET = ""


@dataclass(frozen=True)
class Answer:
    """`seen` knows this very state of it again: a page that is saved says which it was written over."""

    seen: str
    kind: PartnerAnswerKind
    reason: str
    owner: str
    due: date | None
    officer: str
    at: datetime


@dataclass(frozen=True)
class AnswerableTheme:
    id: uuid.UUID
    code: str
    label: str
    section: str
    respondents: int
    answer: Answer | None


def answers_given(of: Frame, *, fresh: bool = False) -> dict[uuid.UUID, list[PartnerAnswer]]:
    """By the theme that stands, the one that counts last: of themes that were merged, the newest, and of two
    at the same time the theme's own."""
    survivors = {row.id: of.survivor(row).id for row in of.rows}
    query = select(PartnerAnswer).where(PartnerAnswer.theme_id.in_(survivors))
    query = query.order_by(PartnerAnswer.updated_at, PartnerAnswer.id)
    if fresh:
        query = query.execution_options(populate_existing=True)
    found: dict[uuid.UUID, list[PartnerAnswer]] = defaultdict(list)
    for row in session.scalars(query):
        found[survivors[row.theme_id]].append(row)
    for theme_id, rows in found.items():
        rows.sort(key=lambda row, own=theme_id: (row.updated_at, row.theme_id == own))  # type: ignore[misc]
    return found


def answerable_themes(consultation_id: uuid.UUID) -> list[AnswerableTheme]:
    """In the frame's order: themes in use, and those out of use that have an answer."""
    of = frame(consultation_id)
    given = answers_given(of)
    names = _names(rows[-1].officer_id for rows in given.values())
    people = {count.code: count.respondents for count in theme_counts(consultation_id)}
    return [
        AnswerableTheme(
            id=row.id,
            code=row.code,
            label=row.label,
            section=_section(of, row),
            respondents=people.get(row.code, 0),
            answer=_answer(given[row.id][-1], names) if row.id in given else None,
        )
        for row in of.counted()
        if not row.is_net and (not row.retired or row.id in given)
    ]


def published_answers(consultation_id: uuid.UUID, report: Json) -> list[tuple[str, PartnerAnswer]]:
    """For everybody: to the themes that the published report counts, by its labels and in its order. One that
    was merged since has the answer to what it is part of now."""
    of = frame(consultation_id)
    by_code = {row.code: of.survivor(row).id for row in of.rows}
    labels = {theme["code"]: theme["label"] for part in report["parts"] for theme in part["themes"]}
    given = answers_given(of)
    found = ((label, given.get(by_code[code])) for code, label in labels.items() if code in by_code)
    return [(label, rows[-1]) for label, rows in found if rows]


def answer_of(theme_id: uuid.UUID, *, consultation_id: uuid.UUID) -> Answer | None:
    rows = answers_given(frame(consultation_id)).get(theme_id)
    return _answer(rows[-1], _names([rows[-1].officer_id])) if rows else None


def state_of(row: PartnerAnswer) -> str:
    return f"{row.id.hex}.{row.version}"


def _answer(row: PartnerAnswer, names: dict[uuid.UUID, str]) -> Answer:
    return Answer(
        seen=state_of(row),
        kind=row.kind,
        reason=row.reason,
        owner=row.owner,
        due=row.due,
        officer=names[row.officer_id],
        at=row.updated_at,
    )


def _names(officer_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = select(Officer.id, Officer.name).where(Officer.id.in_(set(officer_ids)))
    return {officer_id: name for officer_id, name in session.execute(query)}


def _section(of: Frame, row: FrameRow) -> str:
    net = of.net_of(row)
    return net.label if net else ""
