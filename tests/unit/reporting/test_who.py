"""The order of rows must not tell what their numbers hide."""

from app.counting.responses import KeyCount
from app.enums import RespondentKind
from app.reporting.document import Breakdown
from app.reporting.who import by_area, by_type
from app.responses.queries.choices import Words

AREAS = {"exeter": "Exeter", "mid": "Mid Devon", "torbay": "Torbay", "adur": "Adur", "west": "West Devon"}
TYPES = {"council": "A council", "business": "A business", "charity": "A charity", "parish": "A parish"}
WORDS = Words(AREAS, TYPES)


def labels(found: Breakdown) -> list[str]:
    return [row.label for row in found.rows]


def test_hidden_areas_stand_last_and_by_name_whatever_their_size() -> None:
    sizes = {"exeter": 40, "mid": 12, "west": 4, "torbay": 3, "adur": 1}
    found = by_area([KeyCount(key, count) for key, count in sizes.items()], WORDS)

    assert labels(found) == ["Exeter", "Mid Devon", "Adur", "Torbay", "West Devon"]
    assert [row.number.count for row in found.rows] == [40, 12, None, None, None]
    assert all(not row.number.opens for row in found.rows[2:])


def test_hidden_types_of_organisation_stand_last_and_by_name() -> None:
    kinds = [KeyCount(RespondentKind.INDIVIDUAL, 90), KeyCount(RespondentKind.ORGANISATION, 20)]
    types = [KeyCount("council", 14), KeyCount("parish", 3), KeyCount("charity", 2), KeyCount("business", 1)]
    found = by_type(kinds, types, WORDS)

    assert labels(found) == [
        "Individuals",
        "Organisations",
        "A council",
        "A business",
        "A charity",
        "A parish",
    ]
    assert [row.number.count for row in found.rows] == [90, 20, 14, None, None, None]
