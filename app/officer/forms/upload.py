"""A spreadsheet that an officer sends."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from app.themes.files.sheet import LARGEST_BYTES, FileProblem

CHOOSE_FILE = "Choose a CSV file or an Excel workbook"


@dataclass(frozen=True)
class Upload:
    """`content` of a file that is too large is cut just above the limit, where reading it refuses it."""

    name: str
    content: bytes


def uploaded(files: Mapping[str, FileStorage]) -> Upload:
    """Raises FileProblem where none was chosen."""
    given = files.get("file")
    if not given or not given.filename:
        raise FileProblem(CHOOSE_FILE)
    return Upload(given.filename, given.read(LARGEST_BYTES + 1))
