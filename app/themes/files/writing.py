"""Writing results: each file is written beside its place and then moved there, so none is ever half there."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.themes.files.reading import FileProblemError


def write_all(contents: Mapping[Path, str]) -> None:
    """Write every file or none: all are on disk before the first is moved. Raises FileProblemError."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in contents.items():
            beside = path.with_name(f".{path.name}.{os.getpid()}.part")
            waiting.append((beside, path))
            beside.write_text(text, encoding="utf-8", newline="")
        for beside, path in waiting:
            beside.replace(path)
    except OSError as problem:
        raise FileProblemError(f"{path}: cannot be written ({problem.strerror}).") from problem
    finally:
        for beside, _ in waiting:
            beside.unlink(missing_ok=True)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text with a header."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def as_json(records: Sequence[Mapping[str, Any]]) -> str:
    """Records as JSON, one a line, so that two runs can be compared."""
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"[\n{lines}\n]\n" if records else "[]\n"


def companion(path: Path, ending: str) -> Path:
    """The file that goes with `path`: OUT.csv and "themes.json" give OUT.themes.json."""
    return path.with_name(f"{path.stem if path.suffix else path.name}.{ending}")
