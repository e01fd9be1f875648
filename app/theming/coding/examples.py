"""What officers' own codings say about a pair: the nearest coded quotes and comments, and how often."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.coding.space import TextSpace, View, best_point
from app.theming.comments import CodedComment, Theme
from app.theming.encoders import Floats
from app.theming.text import squash

EXAMPLE_FEATURES: Final = (
    "quote_nearest", "quote_three", "quote_vote", "quote_tfidf", "comment_nearest", "comment_vote",
    "usual_here", "usual", "known",
)  # fmt: skip
_SHARPNESS: Final = 12.0  # of the vote: how much nearer quotes count for more
_NONE: Final = -0.2  # similarity to a theme that has no example yet


class ExampleSpace:
    """Coded comments as vectors, and who coded what."""

    def __init__(self, space: TextSpace, themes: Sequence[Theme], coded: Sequence[CodedComment]) -> None:
        place = {theme.code: index for index, theme in enumerate(themes)}
        self.themes = len(themes)
        self.coded = tuple(coded)
        rows = [
            (number, quote, place[coding.code])
            for number, example in enumerate(coded)
            for coding in example.codings
            if coding.code in place
            for quote in (coding.quotes or (example.comment.text,))
        ]
        self.quote_owner = np.array([number for number, _, _ in rows], np.intp)
        self.quote_texts = [quote for _, quote, _ in rows]
        self.quote_theme = np.array([theme for _, _, theme in rows], np.intp)
        self.quotes = space.vectors(self.quote_texts)
        self.quote_words = space.words(self.quote_texts)
        self.texts = [squash(example.comment.text) for example in coded]
        self.comments = space.vectors([example.comment.text for example in coded])
        self.used = np.zeros((len(coded), len(themes)), np.float32)
        self.used[self.quote_owner, self.quote_theme] = 1
        self.questions = [example.comment.question for example in coded]

    def features(self, view: View) -> Floats:
        """Features (n, t, len(EXAMPLE_FEATURES)) of a block; all zero when nothing is coded yet."""
        shape = (len(view.comments), self.themes, len(EXAMPLE_FEATURES))
        if not self.coded or not self.themes:
            return np.zeros(shape, np.float32)
        nearest, three, vote, words = self._quotes(view)
        alike, shared = self._comments(view)
        here, overall, known = self._usual(view)
        return np.stack([nearest, three, vote, words, alike, shared, here, overall, known], axis=2)

    def _quotes(self, view: View) -> tuple[Floats, Floats, Floats, Floats]:
        shape = (len(view.comments), self.themes)
        nearest, three = np.full(shape, _NONE, np.float32), np.full(shape, _NONE, np.float32)
        vote, words = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        if not len(self.quotes):
            return nearest, three, vote, words
        scores = view.point_vectors @ self.quotes.T
        by_words = (view.point_words @ self.quote_words.T).toarray()
        pull = np.exp(_SHARPNESS * scores)
        total = pull.sum(axis=1, keepdims=True)
        for theme in np.unique(self.quote_theme):
            mine = self.quote_theme == theme
            best = np.sort(best_point(scores[:, mine], view), axis=1)[:, ::-1]
            nearest[:, theme], three[:, theme] = best[:, 0], best[:, :3].mean(axis=1)
            vote[:, theme] = best_point(pull[:, mine].sum(axis=1, keepdims=True) / total, view)[:, 0]
            words[:, theme] = best_point(by_words[:, mine].max(axis=1, keepdims=True), view)[:, 0]
        return nearest, three, vote, words

    def _comments(self, view: View) -> tuple[Floats, Floats]:
        scores = view.vectors @ self.comments.T
        pull = np.exp(_SHARPNESS * scores)
        vote = (pull @ self.used) / pull.sum(axis=1, keepdims=True)
        nearest = np.full((len(view.comments), self.themes), _NONE, np.float32)
        for theme in np.flatnonzero(self.used.any(axis=0)):
            nearest[:, theme] = scores[:, self.used[:, theme] > 0].max(axis=1)
        return nearest, np.asarray(vote, np.float32)

    def _usual(self, view: View) -> tuple[Floats, Floats, Floats]:
        """Log share of each theme among the coded comments of the question, of all, and how many it has."""
        overall = np.log((self.used.sum(0) + 0.5) / (len(self.coded) + 5.0)).astype(np.float32)
        here = {}
        for question in sorted(set(self.questions)):
            mine = np.array([other == question for other in self.questions])
            here[question] = np.log((self.used[mine].sum(0) + 3 * np.exp(overall)) / (mine.sum() + 3.0))
        shape = (len(view.comments), self.themes)
        rows = [here.get(comment.question, overall) for comment in view.comments]
        known = np.log1p(self.used.sum(0)).astype(np.float32)
        return (
            np.asarray(rows, np.float32),
            np.broadcast_to(overall, shape).astype(np.float32),
            np.broadcast_to(known, shape).astype(np.float32),
        )

    def nearest_quotes(self, vector: Floats, theme: int, *, most: int = 3) -> list[int]:
        """Numbers of the coded comments whose quotes of `theme` are nearest to a point's `vector` (d,)."""
        mine = np.flatnonzero(self.quote_theme == theme)
        order: npt.NDArray[np.intp] = mine[np.argsort(-(self.quotes[mine] @ vector), kind="stable")]
        return list(dict.fromkeys(int(self.quote_owner[index]) for index in order))[:most]
