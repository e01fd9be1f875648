"""Which comments of a file to read next, and which codings of a file to look at again."""

from collections.abc import Sequence
from pathlib import Path

from app.themes.files.reading import read_coded, read_comments, read_frame
from app.themes.files.writing import as_csv, write_all
from app.theming.comments import CodedComment, Comment
from app.theming.doubts import doubtful_codings
from app.theming.learning import Learner
from app.theming.reading_order import next_comments


def next_file(
    source: Path, target: Path, *, frame: Path | None = None, coded: Path | None = None, most: int = 50
) -> None:
    """Write the ids of the comments to read next, in order. Raises FileProblemError."""
    comments = read_comments(source)
    read = read_coded(coded) if coded else []
    themes = read_frame(frame) if frame else []
    chances = None
    if themes:
        learner = Learner(_all(comments, read), themes).learn(read)
        chances = learner.probabilities(one.id for one in comments)
    order = next_comments(comments, coded=read, probabilities=chances, most=most)
    write_all({target: as_csv(("place", "id"), enumerate_from_one(order))})


def doubts_file(source: Path, frame: Path, target: Path, *, most: int = 50) -> None:
    """Write the codings that are most likely wrong, the most doubtful first. Raises FileProblemError."""
    coded, themes = read_coded(source), read_frame(frame)
    learner = Learner([one.comment for one in coded], themes)
    rows = [
        (one.id, one.code, "coded" if one.coded else "not coded", f"{one.doubt:.4f}")
        for one in doubtful_codings(learner, coded, most=most)
    ]
    write_all({target: as_csv(("id", "code", "is", "doubt"), rows)})


def enumerate_from_one(order: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(order, start=1))


def _all(comments: Sequence[Comment], read: Sequence[CodedComment]) -> list[Comment]:
    """The comments and those that were read, once each."""
    known = {one.id for one in comments}
    return [*comments, *(one.comment for one in read if one.comment.id not in known)]
