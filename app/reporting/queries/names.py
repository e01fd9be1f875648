"""How a quotation names who said it: by type and area, as far as that fits at least a few."""

import uuid
from collections import Counter

from sqlalchemy import select

from app.counting.responses import by_type_and_area
from app.database import session
from app.enums import RespondentKind
from app.models import Option, Question
from app.reporting.suppression import SMALLEST_SHOWN
from app.responses.facts import AREA
from app.responses.queries.choices import Words


class Names:
    def __init__(self, consultation_id: uuid.UUID, words: Words) -> None:
        self._words = words
        self._places = _areas_to_live_in(consultation_id)
        self._fits: Counter[tuple[str | None, ...]] = Counter()
        for (kind, type_, area), count in by_type_and_area(consultation_id).items():
            described = (kind,) if kind is RespondentKind.INDIVIDUAL else (kind, type_)
            self._fits[described] += count
            self._fits[*described, area] += count

    def of(self, kind: RespondentKind, type_: str | None, area: str | None, named: str | None) -> str:
        """`named`: the name of an organisation that agreed to it. Resident, Teignbridge"""
        if named:
            return named
        if kind is RespondentKind.INDIVIDUAL:
            who = "Resident" if area in self._places else "Individual"
            return self._with_area(who, (kind, area), area)
        if type_ is None or self._fits[kind, type_] < SMALLEST_SHOWN:
            return "Organisation"
        return self._with_area(self._words.type(type_), (kind, type_, area), area)

    def _with_area(self, who: str, described: tuple[str | None, ...], area: str | None) -> str:
        if area not in self._places or self._fits[described] < SMALLEST_SHOWN:
            return who
        return f"{who}, {self._words.area(area)}"


def _areas_to_live_in(consultation_id: uuid.UUID) -> set[str | None]:
    """Those that are a council's; the others say "outside", "all of it" or "prefer not to say"."""
    query = (
        select(Option.key, Option.note)
        .join(Question, Question.id == Option.question_id)
        .where(Question.consultation_id == consultation_id, Question.key == AREA)
    )
    return {key for key, note in session.execute(query) if note and note.get("council")}
