"""How much a comment is like what the frame says about a theme, without any coded comment."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from app.theming.coding.space import TextSpace, View, best_point
from app.theming.comments import Theme
from app.theming.encoders import Floats
from app.theming.text import all_stems, stemmed_phrase

SIMILARITIES: Final = (
    "label", "words", "point_label", "point_words", "point_definition", "point_cue", "tfidf", "point_tfidf",
)  # fmt: skip
Phrase = tuple[str, ...]


class FrameSpace:
    """The themes of a frame as vectors, word weights and cues."""

    def __init__(self, space: TextSpace, themes: Sequence[Theme]) -> None:
        self.space = space
        self.themes = tuple(themes)
        self.cues = [_phrases(theme.cue_words) for theme in themes]
        self._cue_texts = [(index, cue) for index, theme in enumerate(themes) for cue in theme.cue_words]

    @cached_property
    def label(self) -> Floats:
        """Unit vectors of the labels, (t, d)."""
        return self.space.vectors([theme.label for theme in self.themes])

    @cached_property
    def words(self) -> Floats:
        """Unit vectors of all that is said about each theme, (t, d)."""
        return self.space.vectors([theme.words for theme in self.themes])

    @cached_property
    def definition(self) -> Floats:
        """Unit vectors of the definitions, or of the label where there is none, (t, d)."""
        return self.space.vectors([theme.definition or theme.label for theme in self.themes])

    @cached_property
    def word_weights(self) -> Any:
        """TF-IDF columns of all that is said about each theme, sparse (v, t)."""
        return self.space.words([theme.words for theme in self.themes]).T.tocsr()

    @cached_property
    def _cue_vectors(self) -> Floats:
        return self.space.vectors([cue for _, cue in self._cue_texts])

    def similarities(self, view: View) -> Floats:
        """Raw similarities of n comments and t themes, shape (n, t, len(SIMILARITIES)), from -1 to 1."""
        weights = self.word_weights
        planes = (
            view.vectors @ self.label.T,
            view.vectors @ self.words.T,
            best_point(view.point_vectors @ self.label.T, view),
            best_point(view.point_vectors @ self.words.T, view),
            best_point(view.point_vectors @ self.definition.T, view),
            self._nearest_cue(view),
            (view.words @ weights).toarray(),
            best_point((view.point_words @ weights).toarray(), view),
        )
        return np.stack(planes, axis=2).astype(np.float32)

    def _nearest_cue(self, view: View) -> Floats:
        """Similarity of the best point to the best cue; the label's where a theme has no cue words."""
        best = best_point(view.point_vectors @ self.label.T, view)
        if not self._cue_texts:
            return best
        scores = best_point(view.point_vectors @ self._cue_vectors.T, view)
        owners = np.array([index for index, _ in self._cue_texts])
        firsts = np.flatnonzero(np.r_[True, np.diff(owners) != 0])
        best[:, owners[firsts]] = np.maximum.reduceat(scores, firsts, axis=1)
        return best

    def cue_hits(self, view: View) -> Floats:
        """Different cues of each theme that each comment has in words, with any ending: (n, t)."""
        hits = np.zeros((len(view.comments), len(self.themes)), np.float32)
        by_first = self._cues_by_first_stem
        for row, comment in enumerate(view.comments):
            stems = all_stems(comment.text)
            found = {
                hit
                for at, stem in enumerate(stems)
                for hit in by_first.get(stem, ())
                if _at(stems, at, hit[1])
            }
            for theme, _ in found:
                hits[row, theme] += 1
        return hits

    @cached_property
    def _cues_by_first_stem(self) -> dict[str, list[tuple[int, Phrase]]]:
        index: dict[str, list[tuple[int, Phrase]]] = {}
        for theme, cues in enumerate(self.cues):
            for cue in cues:
                index.setdefault(cue[0], []).append((theme, cue))
        return index


def _phrases(cues: Sequence[str]) -> list[Phrase]:
    return [phrase for phrase in (stemmed_phrase(cue) for cue in cues) if phrase]


def _at(stems: Phrase, position: int, phrase: Phrase) -> bool:
    return stems[position : position + len(phrase)] == phrase
