"""The features of (comment, theme) pairs that the matcher weighs: none of them knows which theme it is."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.coding import standards
from app.theming.coding.examples import EXAMPLE_FEATURES, ExampleSpace
from app.theming.coding.similarity import SIMILARITIES, FrameSpace
from app.theming.coding.space import TextSpace, View
from app.theming.comments import CodedComment, Comment, Theme, evenly_spaced, in_stable_order
from app.theming.encoders import Encoder, Floats
from app.theming.text import word_texts

REFERENCE: Final = 2000  # comments on which scales are learnt
_BLOCK: Final = 250
_BELIEF: Final = 5.0
_SHARED: Final = ("words", "point_words", "point_cue", "point_tfidf")
_COLUMNS: Final = [SIMILARITIES.index(name) for name in _SHARED]

DAY_ONE: Final = (
    *(f"raw_{name}" for name in SIMILARITIES),
    *(f"comments_{name}" for name in SIMILARITIES),
    *(f"themes_{name}" for name in SIMILARITIES),
    *(f"gap_{name}" for name in _SHARED),
    "share", "rank", "cue_hits", "cue_any", "cue_rarity", "cue_share", "question_fits", "question_like",
    "points", "words", "themes",
)  # fmt: skip
WITH_EXAMPLES: Final = (
    *DAY_ONE,
    *(f"example_{name}" for name in EXAMPLE_FEATURES),
    *(f"themes_example_{name}" for name in EXAMPLE_FEATURES),
)


class PairFeatures:
    """Fitted on the comments at hand, a frame and what is coded; then computed in blocks of any size, each
    pair the same whatever block it is in."""

    def __init__(self, encoder: Encoder, *, space: TextSpace | None = None) -> None:
        self.encoder = encoder
        self._space = space or TextSpace(encoder)

    def fit(
        self, comments: Sequence[Comment], themes: Sequence[Theme], *, coded: Sequence[CodedComment] = ()
    ) -> "PairFeatures":
        """Learn scales from a sample of `comments`, sorted by a stable key of their text first."""
        reference = evenly_spaced(in_stable_order(comments), REFERENCE)
        self.space_ = self._space.fit(
            [comment.text for comment in reference], [theme.words for theme in themes]
        )
        self.frame_ = FrameSpace(self.space_, themes)
        self.take_in(coded)
        self._measure(reference)
        self._question_like = self._likeness_of_questions(comments)
        return self

    def take_in(self, coded: Sequence[CodedComment]) -> None:
        """These are the coded comments now; scales stay as they are."""
        ordered = sorted(coded, key=lambda one: (one.comment.question, one.comment.text, one.comment.id))
        self.examples_ = ExampleSpace(self.space_, self.frame_.themes, ordered)

    def _measure(self, reference: Sequence[Comment]) -> None:
        views = [self.space_.view(reference[at : at + _BLOCK]) for at in range(0, len(reference), _BLOCK)]
        shape = (0, len(self.frame_.themes), len(SIMILARITIES))
        raw = np.concatenate(
            [np.zeros(shape, np.float32), *(self.frame_.similarities(view) for view in views)]
        )
        self.standards_ = standards.measure(raw)
        composite = standards.over_comments(raw, self.standards_)[:, :, _COLUMNS].mean(axis=2)
        self._question_fits = _means_by_question([one.question for one in reference], composite)
        hits = [self.frame_.cue_hits(view) > 0 for view in views]
        shares = np.concatenate(hits).mean(axis=0) if hits else np.zeros(len(self.frame_.themes))
        self._cue_rarity = -np.log(shares + 0.5 / (len(reference) + 1)).astype(np.float32)

    def _likeness_of_questions(self, comments: Sequence[Comment]) -> dict[str, Floats]:
        """How the words of each question resemble each theme, standardised over the themes."""
        questions = sorted({comment.question for comment in comments})
        scores = (self.space_.vectors(questions) @ self.frame_.words.T)[:, :, None]
        return dict(zip(questions, standards.over_themes(scores)[:, :, 0], strict=True))

    def names(self) -> tuple[str, ...]:
        """Names of the features: those of the first day, or with examples once there are any."""
        return WITH_EXAMPLES if self.examples_.coded else DAY_ONE

    def transform(self, view: View) -> Floats:
        """Features of shape (n, t, len(self.names()))."""
        return self.with_examples(view, self.of_first_day(view))

    def of_first_day(self, view: View) -> Floats:
        """Features of shape (n, t, len(DAY_ONE)): what does not depend on anything coded."""
        raw = self.frame_.similarities(view)
        unusual = standards.over_comments(raw, self.standards_)
        chosen = unusual[:, :, _COLUMNS]
        planes = [raw, unusual, standards.over_themes(unusual), standards.below_best(chosen)]
        planes += [self._overall(chosen.mean(axis=2, keepdims=True)), self._cues(view), self._setting(view)]
        return np.concatenate(planes, axis=2)

    def with_examples(self, view: View, first_day: Floats) -> Floats:
        """Features of shape (n, t, len(self.names())), given those of the first day."""
        if not self.examples_.coded:
            return first_day
        examples = self.examples_.features(view)
        return np.concatenate([first_day, examples, standards.over_themes(examples)], axis=2)

    def _overall(self, composite: Floats) -> Floats:
        order = np.argsort(np.argsort(-composite, axis=1, kind="stable"), axis=1, kind="stable")
        return np.concatenate([standards.log_share(1.5 * composite), -np.log1p(order)], axis=2).astype(
            np.float32
        )

    def _cues(self, view: View) -> Floats:
        hits = self.frame_.cue_hits(view)
        found = (hits > 0).astype(np.float32)
        share = hits / np.maximum(hits.sum(axis=1, keepdims=True), 1)
        return np.stack([np.log1p(hits), found, found * self._cue_rarity, share], axis=2)

    def _setting(self, view: View) -> Floats:
        shape = (len(view.comments), len(self.frame_.themes))
        unknown = np.zeros(shape[1], np.float32)
        questions = [comment.question for comment in view.comments]
        fits = np.array([self._question_fits.get(question, unknown) for question in questions], np.float32)
        like = np.array([self._question_like.get(question, unknown) for question in questions], np.float32)
        lengths = np.log1p([len(word_texts(comment.text)) for comment in view.comments])
        columns = [np.log(view.counts), lengths, np.full(shape[0], np.log(max(1, shape[1])))]
        spread = [np.broadcast_to(column[:, None], shape) for column in columns]
        return np.stack([fits.reshape(shape), like.reshape(shape), *spread], axis=2).astype(np.float32)


def _means_by_question(questions: Sequence[str], scores: npt.NDArray[np.float32]) -> dict[str, Floats]:
    """Mean score of each theme in each question's comments, drawn towards zero where they are few."""
    means = {}
    for question in sorted(set(questions)):
        mine = np.array([other == question for other in questions])
        means[question] = np.asarray(scores[mine].sum(axis=0) / (mine.sum() + _BELIEF), np.float32)
    return means
