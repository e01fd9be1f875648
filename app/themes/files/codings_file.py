"""Reading a file of codings made in a spreadsheet. What is wrong with it is one clear line."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import openpyxl

from app.themes.files.cells import armed, as_text

NEEDED: Final = ("comment", "theme", "stance")
QUOTES: Final = "quotes"
QUOTES_APART: Final = " || "
LARGEST_BYTES: Final = 20 * 1024 * 1024
LARGEST_UNPACKED_BYTES: Final = 400 * 1024 * 1024
MOST_ROWS: Final = 200_000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHOWN: Final = 8  # columns named in a message


class CodingsFileProblem(ValueError):
    """A file that cannot be used; the message is one sentence for the officer."""


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
    """By what the file is, not by its name. Raises CodingsFileProblem."""
    if not content.strip():
        raise CodingsFileProblem("The file is empty.")
    if len(content) > LARGEST_BYTES:
        raise CodingsFileProblem(
            "The file is larger than 20 MB. Split it, or leave out the column with the text."
        )
    if content.startswith(_OLD_EXCEL):
        raise CodingsFileProblem(
            "This is an old Excel file, or one with a password. Save it as a workbook (.xlsx) or as CSV."
        )
    return _read_workbook(content) if content.startswith(_ZIP) else _read_csv(content)


def _read_csv(content: bytes) -> CodingsFile:
    text, notes = _decoded(content)
    csv.field_size_limit(LARGEST_BYTES)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
        lines = ((reader.line_num, [armed(cell) for cell in row]) for row in reader)
        return _gathered(header, _numbered(lines), notes)
    except csv.Error as problem:
        raise CodingsFileProblem(f"Line {reader.line_num} is not CSV.") from problem


def _numbered(lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """As a spreadsheet shows them: a row is one line, however many its texts have."""
    return ((number, row) for number, (_, row) in enumerate(lines, start=2))


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = (
            "The file is not UTF-8, so it was read as Windows-1252. If letters with accents look wrong, save "
            "it as “CSV UTF-8”."
        )
        return content.decode("cp1252", errors="replace"), (note,)


def _read_workbook(content: bytes) -> CodingsFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED_BYTES:
                raise CodingsFileProblem("The workbook unpacks to more than 400 MB. Split it.")
            merged = _sheets_with_merged_cells(packed)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except CodingsFileProblem:
        raise
    except Exception as problem:  # whatever a broken workbook makes of the library
        raise CodingsFileProblem(
            "The workbook cannot be read. Open it in Excel and save it again."
        ) from problem
    try:
        return _first_table(book, merged)
    finally:
        book.close()


def _first_table(book: Any, merged: set[str]) -> CodingsFile:
    """Of the first sheet that has the columns."""
    headers = []
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        header = [as_text(cell) for cell in next(rows, ())]
        if set(NEEDED) <= set(_names(header)):
            if getattr(sheet, "_worksheet_path", "") in merged:
                raise CodingsFileProblem(
                    f"The sheet “{sheet.title}” has merged cells. Take the merging away, so that each row "
                    "has its own comment, theme and stance."
                )
            lines = enumerate(([as_text(cell) for cell in row] for row in rows), start=2)
            return _gathered(header, lines, ())
        headers.append(header)
    return _gathered(headers[0] if headers else [], (), ())


def _sheets_with_merged_cells(packed: zipfile.ZipFile) -> set[str]:
    found = set()
    for name in packed.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with packed.open(name) as file:
                tail = b""
                while block := file.read(1 << 20):
                    if b"<mergeCell " in tail + block:
                        found.add(name)
                        break
                    tail = block[-16:]
    return found


def _gathered(
    header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]], notes: tuple[str, ...]
) -> CodingsFile:
    names = _names(header)
    _check_header(names)
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
            raise CodingsFileProblem(f"The file has more than {MOST_ROWS:,} codings. Split it.")
        quotes = tuple(
            part.strip() for part in one.get(QUOTES, "").split(QUOTES_APART.strip()) if part.strip()
        )
        rows.append(CodingRow(line, one["comment"], one["theme"].upper(), one["stance"].lower(), quotes))
    if not rows:
        raise CodingsFileProblem("No row of the file has a theme.")
    return CodingsFile(tuple(rows), without, notes)


def _check_header(names: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        shown = ", ".join(name for name in names[:_SHOWN] if name) or "nothing"
        raise CodingsFileProblem(
            f"The first row must name the columns comment, theme and stance: {missing[0]} is missing "
            f"(found: {shown})."
        )
    doubled = [name for name in (*NEEDED, QUOTES) if names.count(name) > 1]
    if doubled:
        raise CodingsFileProblem(f"The column {doubled[0]} is there twice. Take one away.")


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip().lower() for name in header]
