"""How somebody stands to a theme: support, concern, suggestion or neutral. An officer decides.

On the first day a linear score of general English words in the span and the comment, of the same words in
what the frame says of the theme ("Against ...", "Supports ..."), of the closed answer that the text explains,
and of the meaning of span and comment. Once officers have coded stances, how each theme usually stands counts
instead of the meaning: with some dozens of codings it is the better guide. The sentence encoder that weights
were trained with, where it is used, then has a second opinion that counts as much.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from app.theming.comments import STANCES, CodedComment, Comment, Theme
from app.theming.encoders import Encoder, Floats, unit
from app.theming.points import Span
from app.theming.stance_sentences import both_opinions, sentence_features, shipped_for
from app.theming.stance_words import closed_position, stance_features
from app.theming.static_encoder import WORDLLAMA, wordllama_encoder

_BELIEF: Final = 2.0  # codings' worth of belief that a theme stands as all themes do
_FEWEST: Final = 20  # coded stances from which what is usual counts


@dataclass(frozen=True)
class StanceWeights:
    """A multinomial logistic regression on standardised features (f,): coefficients (4, f)."""

    mean: Floats
    scale: Floats
    coefficients: Floats
    intercepts: Floats

    def scores(self, features: Floats) -> Floats:
        """Scores (n, 4) of features (n, f), in the order of STANCES."""
        return np.asarray(
            (features - self.mean) / self.scale @ self.coefficients.T + self.intercepts, np.float32
        )


class StanceModel:
    """Suggests stances; `fit` on coded comments lets it know how each theme usually stands."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, StanceWeights] | None = None) -> None:
        self._weights: Mapping[str, StanceWeights] = weights or shipped_weights(encoder.name)
        self._sentences = encoder
        if not weights and encoder.name != WORDLLAMA:
            encoder = wordllama_encoder()  # the one that the shipped weights belong to
        self._encoder = encoder
        self._vectors: dict[str, Floats] = {}
        self.fit([])

    def fit(self, coded: Sequence[CodedComment]) -> "StanceModel":
        """Learn what is usual from coded stances. With fewer than twenty it stays as it is."""
        self._counts = stance_counts(coded)
        self._own = {one.comment.id: stance_counts([one]) for one in coded}
        self._base = sum(self._counts.values(), np.zeros(len(STANCES), np.float32))
        return self

    def suggest(self, comment: Comment, themes: Sequence[Theme], spans: Sequence[Span]) -> list[str]:
        """The likeliest of STANCES for each theme of a comment, in the words of its span."""
        if not themes:
            return []
        texts = [comment.text[span.start : span.end] for span in spans]
        pairs = list(zip(texts, themes, strict=True))
        words = np.array([word_features(text, comment, theme) for text, theme in pairs], np.float32)
        if self._base.sum() >= _FEWEST:
            usual = np.array([self._usually(theme.code, comment.id) for theme in themes], np.float32)
            scores = self._weights["with_examples"].scores(np.hstack([words, usual]))
            if "with_sentences" in self._weights:
                scores = both_opinions(scores, self._second(comment, usual))
        else:
            scores = self._weights["day_one"].scores(np.hstack([words, self._meaning(texts, comment)]))
        return [STANCES[int(place)] for place in np.argmax(scores, axis=1)]

    def _second(self, comment: Comment, usual: Floats) -> Floats:
        """Scores (n, 4) of the sentence encoder's opinion; `usual` is (n, 4)."""
        model = self._weights["with_sentences"]
        width = len(model.mean) - usual.shape[1] - 1
        vectors = np.repeat(self._sentences.encode([comment.text]), len(usual), axis=0)
        closed = np.full(len(usual), closed_position(comment.closed), np.float32)
        return model.scores(sentence_features(vectors, usual, closed, width))

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode the comments and the spans of a block at once; what is not among them is encoded singly."""
        wanted = list(dict.fromkeys(texts)) if self._base.sum() < _FEWEST else []
        self._vectors = dict(zip(wanted, unit(self._encoder.encode(wanted)), strict=True))

    def _meaning(self, spans: Sequence[str], comment: Comment) -> Floats:
        """As `meaning`, from what was prepared where that has all the texts."""
        if any(text not in self._vectors for text in (*spans, comment.text)):
            return meaning(spans, comment, self._encoder)
        whole = self._vectors[comment.text]
        return np.stack([np.concatenate([self._vectors[text], whole]) for text in spans])

    def _usually(self, code: str, ident: str) -> Floats:
        """How a theme usually stands among the coded comments but the one with this id."""
        none = np.zeros(len(STANCES), np.float32)
        mine = self._own.get(ident, {}).get(code, none)
        return usual_stances(self._counts.get(code, none) - mine, self._base)


def stance_counts(coded: Sequence[CodedComment]) -> dict[str, Floats]:
    """Codings of each theme by stance, (4,) each."""
    counts: dict[str, Floats] = {}
    for one in coded:
        for coding in one.codings:
            if coding.stance in STANCES:
                counts.setdefault(coding.code, np.zeros(len(STANCES), np.float32))
                counts[coding.code][STANCES.index(coding.stance)] += 1
    return counts


def usual_stances(counts: Floats, base: Floats) -> Floats:
    """Log of each stance's share in a theme over its share in all, (4,): 0 where a theme is as all are."""
    shares = (base + 1) / (base.sum() + len(STANCES))
    mine = (counts + _BELIEF * shares) / (counts.sum() + _BELIEF)
    return np.asarray(np.log(mine / shares), np.float32)


def word_features(span: str, comment: Comment, theme: Theme) -> tuple[float, ...]:
    """Words of the span and of the whole comment, each with those of the theme and the closed answer."""
    said = f"{theme.label}. {theme.definition}"
    one = stance_features(span, closed=comment.closed, theme=said)
    return (*one, *stance_features(comment.text, closed=comment.closed, theme=said))


def meaning(spans: Sequence[str], comment: Comment, encoder: Encoder) -> Floats:
    """Vectors of each span beside that of the comment, (n, 2 d)."""
    vectors = unit(encoder.encode([*spans, comment.text]))
    whole = np.broadcast_to(vectors[-1], (len(spans), vectors.shape[1]))
    return np.hstack([vectors[:-1], whole])


def suggest_stance(text: str, *, closed: str | None = None, theme: str = "") -> str:
    """The likeliest of STANCES for the words of one span, given what the frame says of its theme."""
    comment = Comment("", "", text, closed)
    model = StanceModel(wordllama_encoder())
    return model.suggest(comment, [Theme("", theme)], [Span(0, len(text))])[0]


def parsed(record: Mapping[str, Any]) -> dict[str, StanceWeights]:
    """Weights by name, "day_one", "with_examples" and perhaps "with_sentences", from the record of a file."""
    names = ("mean", "scale", "coefficients", "intercepts")
    return {
        model: StanceWeights(*(np.array(record[model][name], np.float32) for name in names))
        for model in ("day_one", "with_examples", "with_sentences")
        if model in record
    }


@lru_cache(maxsize=4)
def shipped_weights(encoder: str) -> dict[str, StanceWeights]:
    """The weights that ship with the product for the encoder of this name."""
    record = json.loads(files("app.theming").joinpath("weights", "stance.json").read_text(encoding="utf-8"))
    return parsed({**record, **shipped_for(encoder)})
