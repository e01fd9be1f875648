"""Which comments to read next: those that teach the frame most for one reading.

A greedy choice of a batch. A comment is worth the themes it probably has, each the less the more examples
there are (of coded comments, and as expected of those chosen before it), times how unlike it is to what was
read (Brinker 2003: diversity in a batch), times how typical it is of the comments (Settles and Craven 2008:
information density). Where there is no frame yet, what is left is density and diversity: a core of the
comments that nothing is far from.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.chosen_encoder import default_encoder
from app.theming.comments import CodedComment, Comment, evenly_spaced, in_stable_order
from app.theming.encoders import Encoder, Floats, unit
from app.theming.triage.handling import is_substantive

REFERENCE: Final = 2_000  # comments that stand for all in measuring what is typical
_DENSITY: Final = 0.5  # how much it counts that a comment is typical
_NOVELTY: Final = 1.0  # how much it counts that it is unlike what was read
_ENOUGH: Final = 3.0  # examples of a theme after which another is worth half as much
Numbers = npt.NDArray[np.float64]


def next_comments(
    comments: Sequence[Comment],
    *,
    coded: Sequence[CodedComment] = (),
    probabilities: Mapping[str, Mapping[str, float]] | None = None,
    leave_out: Collection[str] = (),
    most: int = 50,
    encoder: Encoder | None = None,
) -> list[str]:
    """Ids of at most `most` comments in the order in which to read them.

    `coded` are those that were read: they are not given again. `leave_out` are ids of others that should not
    be, such as those that a colleague has open. `probabilities` says for each comment, by its id, how likely
    each theme is (`Learner.probabilities`, or the suggestions that are stored); without it the comments alone
    decide. Comments that say nothing come last, by id. Deterministic, whatever the order of the input; time
    grows with len(comments) times `most`. Raises EncoderUnavailableError when there is no encoder.
    """
    ordered = in_stable_order(comments)
    vectors = _centred((encoder or default_encoder(len(comments))).encode([one.text for one in ordered]))
    read = {one.comment.id for one in coded} | set(leave_out)
    worth = _Worth(ordered, coded, probabilities or {})
    places = [place for place, one in enumerate(ordered) if one.id not in read]
    open_ = np.array([one.id not in read and is_substantive(one.text) for one in ordered], bool)
    novelty = _novelty(vectors, [place for place, one in enumerate(ordered) if one.id in read])
    typical = _typical(vectors)
    chosen: list[int] = []
    while len(chosen) < most and open_.any():
        scores = np.where(open_, worth.now() * novelty * typical, -1.0)
        best = int(np.argmax(scores))
        chosen.append(best)
        open_[best] = False
        worth.take(best)
        novelty = np.minimum(novelty, _unlike(vectors @ vectors[best]))
    rest = [place for place in places if place not in set(chosen)] if len(chosen) < most else []
    return [ordered[place].id for place in (chosen + rest)[:most]]


class _Worth:
    """What n comments are worth for the examples of t themes; 1 for all where there are no probabilities."""

    def __init__(
        self,
        comments: Sequence[Comment],
        coded: Sequence[CodedComment],
        probabilities: Mapping[str, Mapping[str, float]],
    ) -> None:
        codes = sorted({code for one in comments for code in probabilities.get(one.id, ())})
        place = {code: column for column, code in enumerate(codes)}
        self._chances = np.zeros((len(comments), len(codes)))
        for row, one in enumerate(comments):
            for code, chance in probabilities.get(one.id, {}).items():
                self._chances[row, place[code]] = chance
        self._known = np.zeros(len(codes))
        for example in coded:
            for code in {coding.code for coding in example.codings} & place.keys():
                self._known[place[code]] += 1

    def now(self) -> Numbers:
        if not self._chances.size:
            return np.ones(len(self._chances))
        return np.asarray(self._chances @ (_ENOUGH / (_ENOUGH + self._known)))

    def take(self, row: int) -> None:
        """This comment is read: its themes have more examples by as much as it probably has them."""
        self._known = self._known + self._chances[row]


def _centred(raw: Floats) -> Floats:
    if not len(raw):
        return raw
    known = np.any(raw != 0, axis=1, keepdims=True)
    return unit((raw - raw[:: max(1, len(raw) // REFERENCE)].mean(axis=0)) * known)


def _typical(vectors: Floats) -> Numbers:
    """Mean likeness of each comment to a sample of all, from 0 to 1, to the power of what it counts."""
    sample = vectors[evenly_spaced(range(len(vectors)), REFERENCE)]
    alike = np.maximum(vectors @ sample.T, 0).mean(axis=1) if len(vectors) else np.zeros(0)
    return np.asarray((alike / max(float(alike.max(initial=0)), 1e-9)) ** _DENSITY, np.float64)


def _unlike(alike: Floats) -> Numbers:
    """How unlike comments are to one of this likeness, from 0 (the same) to 1."""
    return np.asarray(np.clip(1 - alike, 0, 1) ** _NOVELTY, np.float64)


def _novelty(vectors: Floats, read: Sequence[int]) -> Numbers:
    """How unlike each comment is to the nearest that was read."""
    novelty = np.ones(len(vectors))
    for start in range(0, len(read), REFERENCE):
        nearest = (vectors @ vectors[list(read[start : start + REFERENCE])].T).max(axis=1)
        novelty = np.minimum(novelty, _unlike(nearest))
    return novelty
