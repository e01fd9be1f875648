"""Writing a table as CSV or as a workbook, row by row, so that its length costs no memory.

A cell that a spreadsheet would take for a formula is text in both: in CSV it begins with an apostrophe, in a
workbook it is stored as a string.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from app.reporting.files.tables import CSV, NUMBER, Table
from app.themes.files.cells import defused

Cell = str | int | float | None
Row = Sequence[Cell]
LONGEST_CELL: Final = 32_767
CUT_AT: Final = 32_000
MOST_ROWS: Final = 1_000_000  # of a sheet, which holds 1,048,576
GOES_ON: Final = " [goes on, on the sheet “Long texts”]"


def write_table(path: Path, table: Table, rows: Iterable[Row], *, form: str) -> int:
    """How many rows. The file is whole once this returns."""
    return _write_csv(path, table, rows) if form == CSV else _write_xlsx(path, table, rows)


def _write_csv(path: Path, table: Table, rows: Iterable[Row]) -> int:
    """UTF-8 with a mark at the start, by which Excel knows it."""
    count = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.header)
        for count, row in enumerate(rows, start=1):  # noqa: B007  # the last one is the number of rows
            writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
    return count


def _write_xlsx(path: Path, table: Table, rows: Iterable[Row]) -> int:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheets = _Sheets(book, table)
        for row in rows:
            sheets.add(row)
            count += 1
        sheets.finish()
    return count


class _Sheets:
    """The table, over as many sheets as it needs, then what was too long for a cell, then the columns."""

    def __init__(self, book: Any, table: Table) -> None:
        self._book, self._table = book, table
        self._bold = book.add_format({"bold": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._long: list[tuple[str, str, str]] = []
        self._sheet: Any = None
        self._number = 0
        self._at = MOST_ROWS

    def add(self, row: Row) -> None:
        if self._at >= MOST_ROWS:
            self._number += 1
            self._sheet = self._headed(self._table.title + (f" {self._number}" if self._number > 1 else ""))
            self._at = 0
        self._at += 1
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                self._sheet.write_string(self._at, place, self._fitting(cell, place, row))
            elif cell is not None:
                self._sheet.write_number(self._at, place, cell)

    def finish(self) -> None:
        if self._sheet is None:
            self._headed(self._table.title)
        if self._long:
            self._text_sheet("Long texts", ("row", "column", "text"), self._long)
        words = [(column.name, column.words) for column in self._table.columns]
        self._text_sheet("Columns", ("column", "what it holds"), [*words, ("", self._table.per)])

    def _headed(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._table.columns):
            sheet.set_column(place, place, 12 if column.kind == NUMBER else 18)
            sheet.write_string(0, place, column.name, self._bold)
        return sheet

    def _fitting(self, cell: str, place: int, row: Row) -> str:
        if len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL:
            return cell
        name = self._table.columns[place].name
        parts = [cell[at : at + CUT_AT // 2] for at in range(0, len(cell), CUT_AT // 2)]
        self._long += [(str(row[0]), name, part) for part in parts]
        return parts[0] + GOES_ON

    def _text_sheet(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 1, 24)
        sheet.set_column(len(header) - 1, len(header) - 1, 90)
        for place, title in enumerate(header):
            sheet.write_string(0, place, title, self._bold)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, cell, self._wrapped)
