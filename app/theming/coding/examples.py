"""What officers' own codings say about a pair: the nearest coded quotes, and with them the coded comments.

A comment that is itself coded is always seen as if it were not: its own quotes and codes are left out. So the
engine can be taught by the coded comments themselves, and a suggestion never rests on its own answer.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.coding.coded import COMMENT_FEATURES, CodedSpace
from app.theming.coding.space import TextSpace, View, best_point
from app.theming.comments import CodedComment, Theme
from app.theming.encoders import Floats

QUOTE_FEATURES: Final = ("quote_nearest", "quote_three", "quote_vote", "quote_tfidf")
EXAMPLE_FEATURES: Final = (*QUOTE_FEATURES, *COMMENT_FEATURES)
NONE: Final = -0.2  # similarity to a theme that has no example yet
_SHARPNESS: Final = 12.0  # of the vote: how much nearer quotes count for more
_THREE: Final = 3


class ExampleSpace:
    """Quotes of coded comments as vectors, and who coded what."""

    def __init__(self, space: TextSpace, themes: Sequence[Theme], coded: Sequence[CodedComment]) -> None:
        place = {theme.code: index for index, theme in enumerate(themes)}
        self.themes = len(themes)
        self.coded = tuple(coded)
        self._number = {one.comment.id: number for number, one in enumerate(coded)}
        rows = [
            (number, quote, place[coding.code])
            for number, example in enumerate(coded)
            for coding in example.codings
            if coding.code in place
            for quote in (coding.quotes or (example.comment.text,))
        ]
        self.quote_owner = np.array([number for number, _, _ in rows], np.intp)
        self.quote_theme = np.array([theme for _, _, theme in rows], np.intp)
        texts = [quote for _, quote, _ in rows]
        self.quotes = space.vectors(texts)
        self._quote_words = space.words(texts)
        used = np.zeros((len(coded), len(themes)), np.float32)
        used[self.quote_owner, self.quote_theme] = 1
        self.used = used
        self._comments = CodedSpace(space, [one.comment for one in coded], used)

    def own(self, view: View) -> npt.NDArray[np.intp]:
        """The number of each comment of the block among the coded ones, -1 where it is not coded, (n,)."""
        return np.array([self._number.get(comment.id, -1) for comment in view.comments], np.intp)

    def features(self, view: View) -> Floats:
        """Features (n, t, len(EXAMPLE_FEATURES)) of a block; all zero when nothing is coded yet."""
        if not self.coded or not self.themes:
            return np.zeros((len(view.comments), self.themes, len(EXAMPLE_FEATURES)), np.float32)
        own = self.own(view)
        return np.concatenate([self._of_quotes(view, own), self._comments.features(view, own)], axis=2)

    def likeness(self, view: View) -> Floats:
        """Similarity of each point to each coded quote (p, q); to a comment's own quotes that of none."""
        scores = view.point_vectors @ self.quotes.T
        scores[self._is_own(view, self.own(view))] = NONE
        return np.asarray(scores, np.float32)

    def _is_own(self, view: View, own: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        return np.asarray(np.repeat(own, view.counts)[:, None] == self.quote_owner[None, :], np.bool_)

    def _of_quotes(self, view: View, own: npt.NDArray[np.intp]) -> Floats:
        shape = (len(view.comments), self.themes)
        nearest, three = np.full(shape, NONE, np.float32), np.full(shape, NONE, np.float32)
        vote, words = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        if len(self.quotes):
            blocked = self._is_own(view, own)
            scores = self.likeness(view)
            by_words = np.where(blocked, 0, (view.point_words @ self._quote_words.T).toarray())
            pull = np.where(blocked, 0, np.exp(_SHARPNESS * scores))
            pull /= pull.sum(axis=1, keepdims=True) + 1e-6
            for theme in np.unique(self.quote_theme):
                mine = self.quote_theme == theme
                best = _best_three(best_point(scores[:, mine], view))
                nearest[:, theme], three[:, theme] = best[:, 0], best.mean(axis=1)
                vote[:, theme] = best_point(pull[:, mine].sum(axis=1, keepdims=True), view)[:, 0]
                words[:, theme] = best_point(by_words[:, mine].max(axis=1, keepdims=True), view)[:, 0]
        return np.stack([nearest, three, vote, words], axis=2)

    def nearest_quotes(self, vector: Floats, theme: int, *, but: str = "", most: int = 3) -> list[int]:
        """Numbers of the coded comments whose quotes of `theme` are nearest to a point's `vector` (d,); that
        of the comment with the id `but` is left out."""
        others = (self.quote_theme == theme) & (self.quote_owner != self._number.get(but, -1))
        mine = np.flatnonzero(others)
        order: npt.NDArray[np.intp] = mine[np.argsort(-(self.quotes[mine] @ vector), kind="stable")]
        return list(dict.fromkeys(int(self.quote_owner[index]) for index in order))[:most]


def _best_three(scores: Floats) -> Floats:
    """The three highest of each row (n, 3); a theme with fewer quotes is filled up with NONE."""
    best = np.full((len(scores), _THREE), NONE, np.float32)
    found = np.sort(scores, axis=1)[:, ::-1][:, :_THREE]
    best[:, : found.shape[1]] = found
    return best
