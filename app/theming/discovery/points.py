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


@dataclass(frozen=True)
class PointVectors:
    """p points of n comments: `owners` (p,) the comment of each, `vectors` (p, d) with rows of length one."""

    spans: tuple[Span, ...]
    owners: npt.NDArray[np.intp]
    vectors: Floats


def point_vectors(texts: Sequence[str], *, encoder: Encoder) -> PointVectors:
    """Points of `texts` as centred static vectors joined with a latent space of stemmed TF-IDF, each drawn
    towards its own comment, so that "it is too far" is near what it is about."""
    spans: list[Span] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        found = split_points(text)[:_MOST_POINTS]
        spans.extend(found)
        owners.extend([number] * len(found))
    pieces = [texts[owner][span.start : span.end] for owner, span in zip(owners, spans, strict=True)]
    place = np.asarray(owners, np.intp)
    if not pieces:
        return PointVectors((), place, np.zeros((0, 1), np.float32))
    vectors = _joined(pieces, encoder)
    whole = _totals(vectors, place, len(texts))
    return PointVectors(tuple(spans), place, unit(vectors + _COMMENT * whole[place]))


def _joined(pieces: Sequence[str], encoder: Encoder) -> Floats:
    meaning = encoder.encode(list(pieces))
    meaning = unit(meaning - meaning.mean(axis=0))
    words = _latent(pieces)
    return unit(np.hstack([meaning, _WORDS * words]))


def _latent(pieces: Sequence[str]) -> Floats:
    """Latent semantic analysis (Deerwester and others 1990) of stemmed words, (p, at most 100)."""
    vectorizer = TfidfVectorizer(
        analyzer=content_stems, sublinear_tf=True, min_df=2 if len(pieces) > 30 else 1, dtype=np.float64
    )
    try:
        words = vectorizer.fit_transform(pieces)
    except ValueError:  # no word is left: all are stop words, or none is in two points
        return np.zeros((len(pieces), 1), np.float32)
    size = min(_COMPONENTS, words.shape[0] - 1, words.shape[1] - 1)
    if size < 1:
        return unit(words.toarray())
    return unit(TruncatedSVD(size, random_state=0).fit_transform(words))


def _totals(vectors: Floats, owners: npt.NDArray[np.intp], comments: int) -> Floats:
    """Direction of each comment, the sum of its points, (n, d)."""
    shape = (comments, len(owners))
    member = sparse.csr_matrix(
        (np.ones(len(owners), np.float32), (owners, np.arange(len(owners)))), shape=shape
    )
    return unit(np.asarray(member @ vectors))
