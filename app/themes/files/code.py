"""Code a file of comments against the frame in another."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.themes.files.explaining import explained
from app.themes.files.reading import FileProblemError, read_coded, read_comments, read_frame
from app.themes.files.writing import as_csv, write_all
from app.theming.coding.matcher import Suggested, suggestions
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
    workers: int = 1,
) -> list[str]:
    """Write the ten likeliest themes of each comment to `target`, block by block. Gives lines on why they
    were suggested for the comment with the id `explain`. Raises FileProblemError."""
    comments, themes = read_comments(source), read_frame(frame)
    if explain is not None and all(one.id != explain for one in comments):
        raise FileProblemError(f"{source}: has no comment with the id {explain}.")
    examples = read_coded(coded) if coded else []
    try:
        given = read_weights(weights) if weights else None
        found = suggestions(
            comments, themes, coded=examples, weights=given, progress=progress, workers=workers
        )
    except WeightsError as problem:
        raise FileProblemError(f"{weights or 'weights'}: {problem}.") from problem
    asked: list[Suggested] = []
    write_all({target: as_csv(COLUMNS, _rows(_kept(found, explain, asked)))})
    return [line for one in asked for line in explained(one, comments, themes)]


def _kept(found: Iterable[Suggested], ident: str | None, kept: list[Suggested]) -> Iterator[Suggested]:
    """`found` as it comes, with the one of this id put by."""
    for one in found:
        if one.id == ident:
            kept.append(one)
        yield one


def _rows(found: Iterable[Suggested]) -> Iterator[tuple[object, ...]]:
    for one in found:
        for made in one.suggestions:
            score = f"{made.probability:.6f}"
            yield one.id, made.code, score, int(made.assigned), made.stance, made.start, made.end
