"""The themes of one person's comments as the published report counts them, and the partners' answers."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.counting.frame import Frame
from app.enums import PartnerAnswerKind, Stance
from app.models import Coding
from app.reporting.document import Json
from app.reporting.queries.partners_answers import answers_given
from app.reporting.queries.releases import Release
from app.reporting.suppression import SMALLEST_SHOWN


@dataclass(frozen=True)
class PartnersSay:
    kind: PartnerAnswerKind
    reason: str
    owner: str
    due: date | None
    at: datetime


@dataclass(frozen=True)
class Recorded:
    """A theme that a comment went under. `others`: people besides its sender who raised it by the published
    report, None where that counted before this was decided; `few` instead of a number from 1 to 4."""

    label: str
    stances: tuple[Stance, ...]
    others: int | None
    few: bool
    part: str | None  # where the report has it
    answer: PartnersSay | None


def partners_answers(of: Frame) -> dict[uuid.UUID, PartnersSay]:
    """By the theme that stands."""
    standing = {theme_id: rows[-1] for theme_id, rows in answers_given(of).items()}
    return {
        theme_id: PartnersSay(
            kind=row.kind, reason=row.reason, owner=row.owner, due=row.due, at=row.updated_at
        )
        for theme_id, row in standing.items()
    }


class OwnThemes:
    """Themes as one published report counts them."""

    def __init__(
        self, of: Frame, release: Release, answers: dict[uuid.UUID, PartnersSay], *, counted: bool
    ) -> None:
        self._survivor = {row.id: of.survivor(row) for row in of.rows}
        self._places = places_in(release.report)
        self._frozen_at = release.frozen_at
        self._answers = answers
        self._counted = counted

    def of(self, codings: list[Coding]) -> tuple[Recorded, ...]:
        together: dict[uuid.UUID, list[Coding]] = defaultdict(list)
        for coding in codings:
            together[self._survivor[coding.theme_id].id].append(coding)
        return tuple(self._recorded(rows) for rows in together.values())

    def _recorded(self, codings: list[Coding]) -> Recorded:
        theme = self._survivor[codings[0].theme_id]
        part, found = self._places.get(theme.code, (None, None))
        others = None
        if found is not None:
            mine = self._counted and min(c.created_at for c in codings) <= self._frozen_at
            others = max(0, found["respondents"]["count"] - (1 if mine else 0))
        few = others is not None and 0 < others < SMALLEST_SHOWN
        return Recorded(
            label=found["label"] if found else theme.label,
            stances=tuple(dict.fromkeys(coding.stance for coding in codings)),
            others=None if few else others,
            few=few,
            part=part,
            answer=self._answers.get(theme.id),
        )


def places_in(report: Json) -> dict[str, tuple[str, dict[str, Any]]]:
    """By a theme's code: the part of the report that counts it over all comments, and its line there."""
    return {
        theme["code"]: (part["key"], theme)
        for part in report["parts"]
        if not part["themes_here"]
        for theme in part["themes"]
    }
