"""The space in which comments, their points and themes are compared: centred static vectors beside stemmed
TF-IDF, both fitted on a reference sample of the comments at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from app.theming.comments import Comment
from app.theming.encoders import Encoder, Floats, unit
from app.theming.points import Span, split_points
from app.theming.text import content_stems

_LONGEST_COMMENT: Final = 400  # points of one comment that are compared


@dataclass(frozen=True)
class View:
    """A block of n comments with p points, ready to compare.

    vectors (n, d) and point_vectors (p, d) have rows of length one or zero; words (n, v) and point_words
    (p, v) are TF-IDF rows; starts (n,) holds the first point of each comment, which has at least one.
    """

    comments: tuple[Comment, ...]
    spans: tuple[Span, ...]
    starts: npt.NDArray[np.intp]
    vectors: Floats
    point_vectors: Floats
    words: Any
    point_words: Any

    @property
    def counts(self) -> npt.NDArray[np.intp]:
        """Points of each comment, shape (n,)."""
        return np.diff(np.append(self.starts, len(self.spans)))


class TextSpace:
    """Fitted on reference texts and on what the frame says, then used for blocks of any size."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def fit(self, reference: Sequence[str], frame: Sequence[str]) -> "TextSpace":
        """Learn the centre of the vectors and the weights of words. Needs neither to be non-empty."""
        texts = list(reference) or [""]
        self.centre_ = self.encoder.encode(texts).mean(axis=0)
        self.vectorizer_ = TfidfVectorizer(analyzer=content_stems, sublinear_tf=True, dtype=np.float32)
        self.vectorizer_.fit([*texts, *frame, "placeholder"])
        return self

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Centred unit vectors, shape (len(texts), d); an empty text stays at zero."""
        raw = self.encoder.encode(list(texts))
        known = np.any(raw != 0, axis=1, keepdims=True)
        return unit((raw - self.centre_) * known)

    def words(self, texts: Sequence[str]) -> Any:
        """TF-IDF rows, a sparse matrix of shape (len(texts), v)."""
        if not texts:
            return sparse.csr_matrix(np.zeros((0, len(self.vectorizer_.vocabulary_)), np.float32))
        return self.vectorizer_.transform(texts)

    def points(self, comment: Comment) -> tuple[Span, ...]:
        """Spans of the points of a comment, at least one."""
        return points_of(comment)

    def view(self, comments: Sequence[Comment]) -> View:
        """The comments of one block with their points."""
        spans: list[Span] = []
        starts: list[int] = []
        pieces: list[str] = []
        for comment in comments:
            starts.append(len(spans))
            found = self.points(comment)
            spans.extend(found)
            pieces.extend(comment.text[span.start : span.end] for span in found)
        texts = [comment.text for comment in comments]
        pieced = self.vectors(pieces)
        return View(
            tuple(comments), tuple(spans), np.asarray(starts, np.intp), self.vectors(texts), pieced,
            self.words(texts), self.words(pieces),
        )  # fmt: skip


def points_of(comment: Comment) -> tuple[Span, ...]:
    """The points of a comment that are compared; an empty one where it has none."""
    return split_points(comment.text)[:_LONGEST_COMMENT] or (Span(0, 0),)


def best_point(scores: Floats, view: View) -> Floats:
    """Highest of the scores (p, t) of the points of each comment: (n, t)."""
    counts = view.counts
    best = np.array(scores[view.starts], np.float32)
    for number in range(1, int(counts.max(initial=1))):
        longer = np.flatnonzero(counts > number)  # whole rows at a time: many times as quick as reduceat
        best[longer] = np.maximum(best[longer], scores[view.starts[longer] + number])
    return best
