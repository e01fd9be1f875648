"""Who responded: breakdowns by characteristics of people, with small numbers hidden."""

from collections.abc import Sequence

from app.counting.behind import NOT_GIVEN
from app.counting.responses import KeyCount
from app.counting.standing import Standing
from app.enums import Channel, RespondentKind
from app.reporting.document import Breakdown, Number, Row
from app.reporting.suppression import Hidden, Shown, hidden_last, hide_in_groups, hide_in_list
from app.responses.queries.choices import Words

CHANNELS = {
    Channel.ONLINE: "Online",
    Channel.EMAIL: "Email",
    Channel.PAPER: "Paper",
    Channel.PHONE: "Phone",
    Channel.EVENT: "Event",
}


def by_type(kinds: Sequence[KeyCount], types: Sequence[KeyCount], words: Words) -> Breakdown:
    """Individuals, organisations, and under these their types: one table, so that none gives another away."""
    count = {row.key: row.count for row in kinds}
    individuals = count.get(RespondentKind.INDIVIDUAL, 0)
    lists, totals = hide_in_groups([[individuals], [row.count for row in types]])
    labels = [words.type(row.key) for row in types]
    rows = [
        Row("Individuals", _number(totals.cells[0], kind=RespondentKind.INDIVIDUAL)),
        Row("Organisations", _number(totals.cells[1], kind=RespondentKind.ORGANISATION)),
        *_rows(types, labels, lists[1].cells, "type", indent=True),
    ]
    return _breakdown("type", "Who responded", "Type of respondent", rows, sum(count.values()))


def by_area(areas: Sequence[KeyCount], words: Words) -> Breakdown:
    rows = _rows(areas, [words.area(row.key) for row in areas], _shown(areas), "area")
    title = "Which area they live in or work from"
    return _breakdown("area", title, "Area", rows, sum(row.count for row in areas))


def by_channel(channels: Sequence[KeyCount]) -> Breakdown:
    there = [row for row in channels if row.count]
    rows = _rows(there, [CHANNELS[Channel(row.key or "")] for row in there], _shown(there), "channel")
    return _breakdown("channel", "How they replied", "Way of replying", rows, sum(row.count for row in there))


def _shown(counts: Sequence[KeyCount]) -> Sequence[Shown]:
    return hide_in_list([row.count for row in counts]).cells


def _rows(
    counts: Sequence[KeyCount],
    labels: Sequence[str],
    cells: Sequence[Shown],
    narrowed_by: str,
    *,
    indent: bool = False,
) -> list[Row]:
    """In the order they come in, the hidden ones last and by name."""
    rows = sorted(zip(counts, labels, cells, strict=True), key=lambda row: hidden_last(row[1], row[2]))
    return [
        Row(label, _number(cell, **{narrowed_by: row.key or NOT_GIVEN}), indent) for row, label, cell in rows
    ]


def _number(shown: Shown, **filters: str) -> Number:
    narrowed = {"status": Standing.INCLUDED.value, "petition": "0", **filters}
    if isinstance(shown, Hidden):
        return Number(None, hidden=shown.value)
    return Number(shown, opens="responses", filters=narrowed)


def _breakdown(key: str, title: str, first: str, rows: Sequence[Row], base: int) -> Breakdown:
    too_few = any(row.number.hidden == Hidden.TOO_FEW for row in rows)
    return Breakdown(key, title, first, base, tuple(rows), too_few)
