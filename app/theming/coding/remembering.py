"""A text space that remembers: while officers code, the same texts are compared again and again."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse

from app.theming.coding.space import TextSpace, View, points_of
from app.theming.comments import Comment
from app.theming.encoders import Encoder, Floats
from app.theming.points import Span

MOST: Final = 60_000  # texts that are remembered, about a kilobyte each; others are read each time


class RememberingSpace(TextSpace):
    """Gives what a TextSpace gives, bit for bit, and reads each text once."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._place: dict[str, int] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._rows: Floats = np.zeros((0, encoder.dimensions), np.float32)
        self._words: Any = None

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Centred unit vectors, shape (len(texts), d)."""
        places = self._remembered(texts)
        return super().vectors(texts) if places is None else self._rows[places]

    def words(self, texts: Sequence[str]) -> Any:
        """TF-IDF rows, a sparse matrix of shape (len(texts), v)."""
        places = self._remembered(texts)
        return super().words(texts) if places is None else self._words[places]

    def points(self, comment: Comment) -> tuple[Span, ...]:
        """Spans of the points of a comment, at least one."""
        if comment.text in self._place:
            if comment.text not in self._spans:
                self._spans[comment.text] = points_of(comment)
            return self._spans[comment.text]
        return points_of(comment)

    def view(self, comments: Sequence[Comment]) -> View:
        """The comments of one block with their points."""
        self._remembered([comment.text for comment in comments])
        return super().view(comments)

    def _remembered(self, texts: Sequence[str]) -> list[int] | None:
        """Places of the texts among those remembered; None where that would be too many, or none is asked."""
        new = list(dict.fromkeys(text for text in texts if text not in self._place))
        if not texts or len(self._place) + len(new) > MOST:
            return None
        if new:
            vectors, words = super().vectors(new), super().words(new)
            self._rows = np.vstack([self._rows, vectors])
            self._words = words if self._words is None else sparse.vstack([self._words, words], "csr")
            self._place.update(zip(new, range(len(self._place), len(self._place) + len(new)), strict=True))
        return [self._place[text] for text in texts]
