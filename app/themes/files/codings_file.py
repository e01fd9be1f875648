"""Reading a file of codings made in a spreadsheet. What is wrong with it is one clear line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.themes.files.sheet import FileProblem, Lines, check_header, read_sheet

NEEDED: Final = ("comment", "theme", "stance")
QUOTES: Final = "quotes"
QUOTES_APART: Final = " || "
MOST_ROWS: Final = 200_000


@dataclass(frozen=True)
class CodingRow:
    """`line` as the spreadsheet counts, the heading being line 1. No quotes: the whole comment."""

    line: int
    comment: str
    theme: str
    stance: str
    quotes: tuple[str, ...] = ()

    def as_json(self) -> list[Any]:
        return [self.line, self.comment, self.theme, self.stance, list(self.quotes)]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> "CodingRow":
        line, comment, theme, stance, quotes = value
        return cls(line, comment, theme, stance, tuple(quotes))


@dataclass(frozen=True)
class CodingsFile:
    rows: tuple[CodingRow, ...]  # those with a theme
    without_theme: int
    notes: tuple[str, ...] = field(default=())


def read_codings_file(content: bytes) -> CodingsFile:
    """Raises FileProblem."""
    return read_sheet(content, NEEDED, _gathered)


def _gathered(names: Sequence[str], lines: Lines, notes: tuple[str, ...]) -> CodingsFile:
    check_header(names, NEEDED, (*NEEDED, QUOTES))
    places = {name: names.index(name) for name in (*NEEDED, QUOTES) if name in names}
    rows: list[CodingRow] = []
    without = 0
    for line, cells in lines:
        one = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not any(one.values()):
            continue
        if not one["theme"]:
            without += 1
            continue
        if len(rows) >= MOST_ROWS:
            raise FileProblem(f"The file has more than {MOST_ROWS:,} codings. Split it.")
        quotes = tuple(
            part.strip() for part in one.get(QUOTES, "").split(QUOTES_APART.strip()) if part.strip()
        )
        rows.append(CodingRow(line, one["comment"], one["theme"].upper(), one["stance"].lower(), quotes))
    if not rows:
        raise FileProblem("No row of the file has a theme.")
    return CodingsFile(tuple(rows), without, notes)
