"""Code a file of comments against the frame in another."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.themes.files.explaining import explained
from app.themes.files.reading import FileProblemError, read_coded, read_comments, read_frame
from app.themes.files.writing import as_csv, write_all
from app.theming.coding.matcher import Suggested, code_comments
from app.theming.coding.weights import WeightsError, read_weights
from app.theming.comments import Progress, no_progress

COLUMNS: Final = ("id", "code", "score", "assigned", "stance", "start", "end")


def code_file(
    source: Path,
    frame: Path,
    target: Path,
    *,
    coded: Path | None = None,
    weights: Path | None = None,
    progress: Progress = no_progress,
    explain: str | None = None,
) -> list[str]:
    """Write the ten likeliest themes of each comment to `target`. Gives lines on why they were suggested for
    the comment with the id `explain`. Raises FileProblemError."""
    comments, themes = read_comments(source), read_frame(frame)
    examples = read_coded(coded) if coded else []
    try:
        given = read_weights(weights) if weights else None
        found = code_comments(comments, themes, coded=examples, weights=given, progress=progress)
    except WeightsError as problem:
        raise FileProblemError(f"{weights or 'weights'}: {problem}.") from problem
    lines = [] if explain is None else explained(explain, comments, themes, found, source)
    write_all({target: as_csv(COLUMNS, _rows(found))})
    return lines


def _rows(found: Sequence[Suggested]) -> Iterator[tuple[object, ...]]:
    for one in found:
        for made in one.suggestions:
            score = f"{made.probability:.6f}"
            yield one.id, made.code, score, int(made.assigned), made.stance, made.start, made.end
