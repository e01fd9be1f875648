"""The points of comments as vectors: what is clustered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from app.theming.encoders import Encoder, Floats, unit
from app.theming.points import Span, split_points
from app.theming.text import content_stems

_WORDS: Final = 0.7  # weight of the words beside the vectors
_COMMENT: Final = 0.3  # share of the whole comment in each of its points
_COMPONENTS: Final = 100
_MOST_POINTS: Final = 400  # of one comment
Owners = npt.NDArray[np.intp]


@dataclass(frozen=True)
class PointVectors:
    """p points of n comments: `owners` (p,) the comment of each, `vectors` (p, d) with rows of length one."""

    spans: tuple[Span, ...]
    owners: Owners
    vectors: Floats


@dataclass(frozen=True)
class Pieces:
    """Points before they have a place: where each is in its text, of which of n `texts` it is, its words, and
    their meaning (p, m)."""

    texts: int
    spans: tuple[Span, ...]
    owners: Owners
    words: tuple[str, ...]
    meaning: Floats

    def some(self, rows: Owners) -> "Pieces":
        """Those in `rows`, of the same texts."""
        spans, words = tuple(self.spans[row] for row in rows), tuple(self.words[row] for row in rows)
        return Pieces(self.texts, spans, self.owners[rows], words, self.meaning[rows])


def cut(texts: Sequence[str], encoder: Encoder) -> Pieces:
    """The points of `texts`."""
    spans: list[Span] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        found = split_points(text)[:_MOST_POINTS]
        spans.extend(found)
        owners.extend([number] * len(found))
    words = [texts[owner][span.start : span.end] for owner, span in zip(owners, spans, strict=True)]
    meaning = encoder.encode(words)
    return Pieces(len(texts), tuple(spans), np.asarray(owners, np.intp), tuple(words), meaning)


class PointSpace:
    """Points as centred static vectors joined with a latent space of stemmed TF-IDF, each drawn towards its
    own comment, so that "it is too far" is near what it is about. Fitted on some, then used for any."""

    def fit(self, pieces: Pieces) -> PointVectors:
        """Learn the space from points, and give their places in it."""
        self._latent = _Latent()
        if not pieces.words:
            self._centre = np.zeros(pieces.meaning.shape[1], np.float32)
            return PointVectors((), pieces.owners, np.zeros((0, 1), np.float32))
        self._centre = pieces.meaning.mean(axis=0)
        return self._vectors(pieces, self._latent.fit(pieces.words))

    def transform(self, pieces: Pieces) -> PointVectors:
        """Places of other points; those of one text depend on no other."""
        return self._vectors(pieces, self._latent.transform(pieces.words))

    def _vectors(self, pieces: Pieces, words: Floats) -> PointVectors:
        joined = unit(np.hstack([unit(pieces.meaning - self._centre), _WORDS * words]))
        whole = _totals(joined, pieces.owners, pieces.texts)
        return PointVectors(pieces.spans, pieces.owners, unit(joined + _COMMENT * whole[pieces.owners]))


class _Latent:
    """Latent semantic analysis (Deerwester and others 1990) of stemmed words, at most 100 numbers a text."""

    _vectorizer: TfidfVectorizer | None = None
    _components: TruncatedSVD | None = None

    def fit(self, pieces: Sequence[str]) -> Floats:
        """Learn from `pieces`, and give their rows."""
        vectorizer = TfidfVectorizer(
            analyzer=content_stems, sublinear_tf=True, min_df=2 if len(pieces) > 30 else 1, dtype=np.float64
        )
        try:
            words = vectorizer.fit_transform(pieces)
        except ValueError:  # no word is left: all are stop words, or none is in two points
            return np.zeros((len(pieces), 1), np.float32)
        self._vectorizer = vectorizer
        size = min(_COMPONENTS, words.shape[0] - 1, words.shape[1] - 1)
        if size < 1:
            return unit(words.toarray())
        self._components = TruncatedSVD(size, random_state=0)
        with np.errstate(divide="ignore", invalid="ignore"):  # its shares of a variance that may be nought
            return unit(self._components.fit_transform(words))

    def transform(self, pieces: Sequence[str]) -> Floats:
        """Rows of other texts."""
        if self._vectorizer is None or not pieces:
            return np.zeros((len(pieces), self._width), np.float32)
        words = self._vectorizer.transform(pieces)
        return unit(words.toarray() if self._components is None else self._components.transform(words))

    @property
    def _width(self) -> int:
        if self._components is not None:
            return int(self._components.n_components)
        return len(self._vectorizer.vocabulary_) if self._vectorizer else 1


def _totals(vectors: Floats, owners: Owners, comments: int) -> Floats:
    """Direction of each comment, the sum of its points, (n, d)."""
    shape = (comments, len(owners))
    member = sparse.csr_matrix(
        (np.ones(len(owners), np.float32), (owners, np.arange(len(owners)))), shape=shape
    )
    return unit(np.asarray(member @ vectors))
