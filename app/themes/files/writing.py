"""Writing results: each file is written beside its place and then moved there, so none is ever half there."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.themes.files.reading import FileProblemError

_PIECE: Final = 500


def write_all(contents: Mapping[Path, str | Iterable[str]]) -> None:
    """Write every file or none: all are on disk before the first is moved. A text may come in pieces, each
    written as it comes. Raises FileProblemError."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in contents.items():
            beside = path.with_name(f".{path.name}.{os.getpid()}.part")
            waiting.append((beside, path))
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines([text] if isinstance(text, str) else text)
        for beside, path in waiting:
            beside.replace(path)
    except OSError as problem:
        raise FileProblemError(f"{path}: cannot be written ({problem.strerror}).") from problem
    finally:
        for beside, _ in waiting:
            beside.unlink(missing_ok=True)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table as CSV text with a header, in pieces of some hundred rows as `rows` come."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % _PIECE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def as_json(records: Sequence[Mapping[str, Any]]) -> str:
    """Records as JSON, one a line, so that two runs can be compared."""
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"[\n{lines}\n]\n" if records else "[]\n"


def companion(path: Path, ending: str) -> Path:
    """The file that goes with `path`: OUT.csv and "themes.json" give OUT.themes.json."""
    return path.with_name(f"{path.stem if path.suffix else path.name}.{ending}")
