"""Who replied, for the officers' dashboard: as counted for those who work on the responses, and with small
numbers hidden for the others.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.counting.behind import NOT_GIVEN
from app.counting.responses import KeyCount, by_area, by_channel, by_kind, by_organisation_type
from app.counting.standing import Standing
from app.enums import RespondentKind
from app.reporting import who
from app.reporting.document import Breakdown, Number, Row
from app.responses.facts import AREA
from app.responses.queries.choices import Words, words


@dataclass(frozen=True)
class Population:
    """Shares in per cent of all areas that have a figure, by the words for the area."""

    responses: dict[str, float]
    residents: dict[str, float]
    basis: str


def who_replied(consultation_id: uuid.UUID, *, hide_small: bool) -> tuple[Breakdown, Breakdown, Breakdown]:
    """By channel, by type, by area; each over the responses in the analysis.

    With small numbers hidden these are the tables of the report, petitions apart: of two tables that differ
    by a petition, one gives away what the other hides.
    """
    labels = words(consultation_id)
    petition = False if hide_small else None
    channels = by_channel(consultation_id, petition=petition)
    kinds = by_kind(consultation_id, petition=petition)
    types = by_organisation_type(consultation_id, petition=petition)
    areas = by_area(consultation_id, petition=petition)
    if hide_small:
        return who.by_channel(channels), who.by_type(kinds, types, labels), who.by_area(areas, labels)
    channel = _table("channel", "How they replied", "Channel", channels, dict(who.CHANNELS))
    return channel, _types(kinds, types, labels), _areas(areas, labels)


def population(found: Breakdown, settings: Mapping[str, Any], labels: Words) -> Population | None:
    """How the areas of those who replied compare with where people live; None where no figures are given."""
    given = settings.get("population")
    if not given or given["question"] != AREA:
        return None
    residents = {labels.area(key): thousands for key, thousands in given["thousands"].items()}
    replied = {row.label: row.number.count or 0 for row in found.rows if row.label in residents}
    basis = ". ".join(filter(None, (given["basis"], given["source"], given["note"])))
    return Population(_shares(replied), _shares(residents), f"{basis}.")


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    whole = sum(counts.values())
    return {label: 100 * count / whole for label, count in counts.items()} if whole else {}


def _types(kinds: list[KeyCount], types: list[KeyCount], labels: Words) -> Breakdown:
    count = {row.key: row.count for row in kinds}
    one, several = RespondentKind.INDIVIDUAL, RespondentKind.ORGANISATION
    rows = [
        _row("Individuals", count.get(one, 0), {"kind": one}),
        _row("Organisations", count.get(several, 0), {"kind": several}),
        *(
            _row(labels.type(row.key), row.count, {"type": row.key or NOT_GIVEN}, indent=True)
            for row in types
        ),
    ]
    return Breakdown("type", "Who replied", "Type", sum(count.values()), tuple(rows), too_few=False)


def _areas(areas: list[KeyCount], labels: Words) -> Breakdown:
    named = {row.key: labels.area(row.key) for row in areas}
    return _table("area", "Where they live or work", "Area", areas, named)


def _table(key: str, title: str, first: str, counts: list[KeyCount], labels: Mapping[Any, str]) -> Breakdown:
    rows = [_row(labels[row.key], row.count, {key: row.key or NOT_GIVEN}) for row in counts if row.count]
    return Breakdown(key, title, first, sum(row.count for row in counts), tuple(rows), too_few=False)


def _row(label: str, count: int, narrowed: dict[str, str], *, indent: bool = False) -> Row:
    filters = {"status": Standing.INCLUDED.value, **narrowed}
    return Row(label, Number(count, opens="responses", filters=filters), indent)
