"""Which point of a comment carries a theme: the span that a suggestion rests on."""

import numpy as np
import numpy.typing as npt

from app.theming.coding.features import PairFeatures
from app.theming.coding.space import View
from app.theming.encoders import Floats


def carrying_points(view: View, features: PairFeatures) -> npt.NDArray[np.intp]:
    """The number of the point (in `view.spans`) that carries each theme of each comment, (n, t)."""
    strength = _strength(view, features)
    ends = view.starts + view.counts
    best = [strength[start:end].argmax(axis=0) + start for start, end in zip(view.starts, ends, strict=True)]
    return np.array(best, np.intp).reshape(len(view.comments), strength.shape[1])


def _strength(view: View, features: PairFeatures) -> Floats:
    """How much each point (p, t) carries each theme: in meaning and words, and like coded quotes."""
    frame = features.frame_
    strength = view.point_vectors @ frame.words.T + (view.point_words @ frame.word_weights).toarray()
    examples = features.examples_
    if len(examples.quotes):
        strength[:, examples.quoted] += np.maximum(examples.best_of_themes(examples.likeness(view)), 0)
    return np.asarray(strength, np.float32)
