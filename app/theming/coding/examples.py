"""What officers' own codings say about a pair: the nearest coded quotes, and with them the coded comments.

A comment that is itself coded is always seen as if it were not: its own quotes and codes are left out. So the
engine can be taught by the coded comments themselves, and a suggestion never rests on its own answer.
"""

from collections.abc import Sequence
from typing import Any, Final

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
        rows = sorted(
            (place[coding.code], number, order, quote)
            for number, example in enumerate(coded)
            for coding in example.codings
            if coding.code in place
            for order, quote in enumerate(coding.quotes or (example.comment.text,))
        )
        self.quote_theme = np.array([theme for theme, _, _, _ in rows], np.intp)  # in rising order
        self.quote_owner = np.array([number for _, number, _, _ in rows], np.intp)
        self.quoted, self._firsts = np.unique(self.quote_theme, return_index=True)
        self._quotes_of: dict[int, list[int]] = {}
        for quote, owner in enumerate(self.quote_owner):
            self._quotes_of.setdefault(int(owner), []).append(quote)
        texts = [quote for _, _, _, quote in rows]
        self.quotes = space.vectors(texts)
        self._quote_words = space.words(texts)
        used = np.zeros((len(coded), len(themes)), np.float32)
        used[self.quote_owner, self.quote_theme] = 1
        self.used = used
        self._last: tuple[View, Floats] | None = None
        self._comments = CodedSpace(space, [one.comment for one in coded], used)

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: without the last block."""
        return {**self.__dict__, "_last": None}

    def own(self, view: View) -> npt.NDArray[np.intp]:
        """The number of each comment of the block among the coded ones, -1 where it is not coded, (n,)."""
        return np.array([self._number.get(comment.id, -1) for comment in view.comments], np.intp)

    def features(self, view: View) -> Floats:
        """Features (n, t, len(EXAMPLE_FEATURES)) of a block; all zero when nothing is coded yet."""
        if not self.coded or not self.themes:
            return np.zeros((len(view.comments), self.themes, len(EXAMPLE_FEATURES)), np.float32)
        own = self.own(view)
        return np.concatenate([self._of_quotes(view), self._comments.features(view, own)], axis=2)

    def likeness(self, view: View) -> Floats:
        """Similarity of each point to each coded quote (p, q); to a comment's own quotes that of none."""
        if self._last is None or self._last[0] is not view:
            scores = np.asarray(view.point_vectors @ self.quotes.T, np.float32)
            scores[self._own_pairs(view)] = NONE
            self._last = view, scores
        return self._last[1]

    def best_of_themes(self, scores: Floats) -> Floats:
        """Highest of the scores (n, q) of quotes in each theme that has any: (n, len(self.quoted))."""
        turned = np.ascontiguousarray(scores.T)
        best = [mine.max(axis=0) for mine in np.split(turned, self._firsts[1:])]
        return np.asarray(np.stack(best, axis=1), np.float32)

    def _own_pairs(self, view: View) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Points and quotes of one and the same coded comment, as two lists of places."""
        pairs = [
            (point, quote)
            for row, owner in enumerate(self.own(view))
            for quote in self._quotes_of.get(int(owner), ())
            for point in range(view.starts[row], view.starts[row] + view.counts[row])
        ]
        places = np.array(pairs, np.intp).reshape(-1, 2)
        return places[:, 0], places[:, 1]

    def _of_quotes(self, view: View) -> Floats:
        planes = np.zeros((len(view.comments), self.themes, len(QUOTE_FEATURES)), np.float32)
        planes[:, :, :2] = NONE
        if len(self.quotes):
            own, scores = self._own_pairs(view), self.likeness(view)
            by_words = (view.point_words @ self._quote_words.T).toarray()
            by_words[own] = 0
            best = best_point(scores, view)
            planes[:, self.quoted, 0] = self.best_of_themes(best)
            planes[:, self.quoted, 1] = self._mean_of_three(best)
            planes[:, self.quoted, 2] = best_point(self._votes(scores, own), view)
            planes[:, self.quoted, 3] = self.best_of_themes(best_point(by_words, view))
        return planes

    def _votes(self, scores: Floats, own: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]) -> Floats:
        """Each theme's share of the pull of all quotes on each point, (p, len(self.quoted))."""
        pull = np.exp(_SHARPNESS * scores)
        pull[own] = 0
        mine = (self.quote_theme[:, None] == self.quoted[None, :]).astype(np.float32)
        shares = pull @ mine
        return np.asarray(shares / (shares.sum(axis=1, keepdims=True) + 1e-6), np.float32)

    def _mean_of_three(self, best: Floats) -> Floats:
        """Mean of the three nearest quotes of each theme; a theme with fewer is filled up with NONE."""
        means = np.full((len(best), len(self.quoted)), NONE, np.float32)
        for column, mine in enumerate(np.split(best, self._firsts[1:], axis=1)):
            count = min(_THREE, mine.shape[1])
            top = np.partition(mine, mine.shape[1] - count, axis=1)[:, -count:]
            means[:, column] = (top.sum(axis=1) + NONE * (_THREE - count)) / _THREE
        return means

    def nearest_quotes(self, vector: Floats, theme: int, *, but: str = "", most: int = 3) -> list[int]:
        """Numbers of the coded comments whose quotes of `theme` are nearest to a point's `vector` (d,); that
        of the comment with the id `but` is left out."""
        if not len(self.quotes):
            return []
        others = (self.quote_theme == theme) & (self.quote_owner != self._number.get(but, -1))
        mine = np.flatnonzero(others)
        order: npt.NDArray[np.intp] = mine[np.argsort(-(self.quotes[mine] @ vector), kind="stable")]
        return list(dict.fromkeys(int(self.quote_owner[index]) for index in order))[:most]
