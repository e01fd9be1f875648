"""Reading the CSV files of the commands. What is wrong with a file is one clear line."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.theming.comments import CodedComment, Coding, Comment, Theme

COMMENT_COLUMNS: Final = ("id", "question", "text")
FRAME_COLUMNS: Final = ("question", "code", "label", "definition", "cue_words")
CODED_COLUMNS: Final = (*COMMENT_COLUMNS, "label")
_LONGEST_FIELD: Final = 100_000_000
Row = Mapping[str, str]


class FileProblemError(ValueError):
    """A file that cannot be used; the message is one line for the person at the terminal."""


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """Rows of a CSV file with a header. Raises FileProblemError when the file is missing, empty, not UTF-8,
    has no rows, or lacks one of `columns`. Other columns are kept."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise FileProblemError(f"{path}: cannot be read ({problem.strerror}).") from problem
    except UnicodeDecodeError as problem:
        raise FileProblemError(
            f"{path}: is not UTF-8 (byte {problem.start + 1}). Save it as UTF-8 CSV."
        ) from problem
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", restkey="_more")
    try:
        rows = list(reader)
    except csv.Error as problem:
        raise FileProblemError(f"{path}: line {reader.line_num} is not CSV ({problem}).") from problem
    return _checked(path, reader.fieldnames, rows, columns)


def _checked(path: Path, header: Sequence[str] | None, rows: list[Any], columns: Sequence[str]) -> list[Row]:
    if not header:
        raise FileProblemError(f"{path}: is empty.")
    missing = [column for column in columns if column not in header]
    if missing:
        raise FileProblemError(f"{path}: the column {missing[0]} is missing (found: {', '.join(header)}).")
    if not rows:
        raise FileProblemError(f"{path}: has a header but no rows.")
    return rows


def read_comments(path: Path) -> list[Comment]:
    """Comments of a file with id, question, text and perhaps closed. Raises FileProblemError."""
    return [_comment(row) for row in _unique(path, read_rows(path, COMMENT_COLUMNS))]


def _comment(row: Row) -> Comment:
    return Comment(row["id"], row["question"], row["text"], row.get("closed") or None)


def _unique(path: Path, rows: Sequence[Row]) -> Sequence[Row]:
    seen: set[str] = set()
    for row in rows:
        if not row["id"]:
            raise FileProblemError(f"{path}: a row has no id.")
        if row["id"] in seen:
            raise FileProblemError(f"{path}: the id {row['id']} is there twice.")
        seen.add(row["id"])
    return rows


def read_frame(path: Path) -> list[Theme]:
    """The themes of a coding frame; a code may come back for another question. Raises FileProblemError."""
    themes = [_theme(row) for row in read_rows(path, FRAME_COLUMNS)]
    seen: set[tuple[str | None, str]] = set()
    for theme in themes:
        if not theme.code:
            raise FileProblemError(f"{path}: a row has no code.")
        if (theme.question, theme.code) in seen:
            raise FileProblemError(f"{path}: the code {theme.code} is there twice.")
        seen.add((theme.question, theme.code))
    return themes


def _theme(row: Row) -> Theme:
    cues = tuple(cue.strip() for cue in row["cue_words"].split(";") if cue.strip())
    return Theme(row["code"].strip(), row["label"], row["definition"], cues, row["question"] or None)


def read_coded(path: Path) -> list[CodedComment]:
    """Comments that officers have coded, with any stances and quotes. Raises FileProblemError."""
    return [_coded(path, row) for row in _unique(path, read_rows(path, CODED_COLUMNS))]


def _coded(path: Path, row: Row) -> CodedComment:
    stances = dict(part.split("=", 1) for part in row.get("stance", "").split("|") if "=" in part)
    quotes: dict[str, list[str]] = {}
    for code, quote in _quotes(path, row):
        quotes.setdefault(code, []).append(quote)
    codes = dict.fromkeys(code.strip() for code in row["label"].split("|") if code.strip())
    codings = tuple(Coding(code, stances.get(code), tuple(quotes.get(code, ()))) for code in codes)
    return CodedComment(_comment(row), codings)


def _quotes(path: Path, row: Row) -> list[tuple[str, str]]:
    try:
        listed = json.loads(row.get("quotes") or "[]")
        return [(str(code), str(quote)) for code, quote in listed]
    except (ValueError, TypeError) as problem:
        raise FileProblemError(
            f"{path}: the quotes of {row['id']} are not a JSON list of pairs."
        ) from problem
