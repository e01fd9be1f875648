"""Reading a table that comes from a spreadsheet, CSV or workbook. What is wrong with it is one clear line."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

import openpyxl

from app.themes.files.cells import armed, as_text

LARGEST_BYTES: Final = 20 * 1024 * 1024
LARGEST_UNPACKED_BYTES: Final = 400 * 1024 * 1024
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHOWN: Final = 8  # columns named in a message
_Read = TypeVar("_Read")
Lines = Iterable[tuple[int, Sequence[str]]]
Gather = Callable[[Sequence[str], Lines, tuple[str, ...]], _Read]


class FileProblem(ValueError):
    """A file that cannot be used; the message is one sentence for the officer."""


def read_sheet(content: bytes, needed: Sequence[str], gather: Gather[_Read]) -> _Read:
    """By what the file is, not by its name. `gather` gets the names of the columns, the rows with the line
    that a spreadsheet shows for each, and what was odd. Raises FileProblem."""
    if not content.strip():
        raise FileProblem("The file is empty.")
    if len(content) > LARGEST_BYTES:
        raise FileProblem("The file is larger than 20 MB. Split it, or leave out the column with the text.")
    if content.startswith(_OLD_EXCEL):
        raise FileProblem(
            "This is an old Excel file, or one with a password. Save it as a workbook (.xlsx) or as CSV."
        )
    return _read_workbook(content, needed, gather) if content.startswith(_ZIP) else _read_csv(content, gather)


def _read_csv(content: bytes, gather: Gather[_Read]) -> _Read:
    text, notes = _decoded(content)
    csv.field_size_limit(LARGEST_BYTES)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
        lines = ((reader.line_num, [armed(cell) for cell in row]) for row in reader)
        return gather(_names(header), _numbered(lines), notes)
    except csv.Error as problem:
        raise FileProblem(f"Line {reader.line_num} is not CSV.") from problem


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


def _read_workbook(content: bytes, needed: Sequence[str], gather: Gather[_Read]) -> _Read:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED_BYTES:
                raise FileProblem("The workbook unpacks to more than 400 MB. Split it.")
            merged = _sheets_with_merged_cells(packed)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except FileProblem:
        raise
    except Exception as problem:  # whatever a broken workbook makes of the library
        raise FileProblem("The workbook cannot be read. Open it in Excel and save it again.") from problem
    try:
        return _first_table(book, merged, needed, gather)
    finally:
        book.close()


def _first_table(book: Any, merged: set[str], needed: Sequence[str], gather: Gather[_Read]) -> _Read:
    """Of the first sheet that has the columns."""
    headers = []
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        header = [as_text(cell) for cell in next(rows, ())]
        if set(needed) <= set(_names(header)):
            if getattr(sheet, "_worksheet_path", "") in merged:
                raise FileProblem(
                    f"The sheet “{sheet.title}” has merged cells. Take the merging away, so that each row "
                    f"has its own {spoken(needed)}."
                )
            lines = enumerate(([as_text(cell) for cell in row] for row in rows), start=2)
            return gather(_names(header), lines, ())
        headers.append(header)
    return gather(_names(headers[0]) if headers else [], (), ())


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


def check_header(names: Sequence[str], needed: Sequence[str], known: Sequence[str]) -> None:
    """Raises FileProblem: a needed column is missing, or a known one is there twice."""
    missing = [name for name in needed if name not in names]
    if missing:
        shown = ", ".join(name for name in names[:_SHOWN] if name) or "nothing"
        raise FileProblem(
            f"The first row must name the columns {spoken(needed)}: {missing[0]} is missing (found: {shown})."
        )
    doubled = [name for name in known if names.count(name) > 1]
    if doubled:
        raise FileProblem(f"The column {doubled[0]} is there twice. Take one away.")


def spoken(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip().lower() for name in header]
