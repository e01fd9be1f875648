"""Which codings are most likely to be wrong: those that the engine would not make.

Each coded comment is seen as if it were not coded (its own codings and quotes are left out of what is learnt
about it), so the probability of a theme is the opinion of all the other codings. Where that and the officer
differ most is where a second look pays: the self-confidence score of confident learning (Northcutt, Jiang and
Chuang 2021), for several labels a comment (Goh and others 2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.theming.comments import CodedComment
from app.theming.learning import Learner


@dataclass(frozen=True)
class Doubt:
    """A decision to look at again. `coded`: the theme is on the comment, and perhaps should not be; else it
    is not, and perhaps should be. `doubt` is the probability, from 0 to 1, that it is the other way round."""

    id: str
    code: str
    coded: bool
    doubt: float


def doubtful_codings(learner: Learner, coded: Sequence[CodedComment], *, most: int = 50) -> list[Doubt]:
    """At most `most` decisions on the coded comments, the most doubtful first; ties by id and code.

    `learner` must hold these comments; it learns from `coded`. Comments with no theme are judged too: an
    officer may have passed over one. A code that is not in the frame is not judged. Raises KeyError where a
    coded comment is not among the learner's.
    """
    chances = learner.learn(coded).probabilities(one.comment.id for one in coded)
    found = []
    for one in coded:
        codes = {coding.code for coding in one.codings}
        for code, chance in chances[one.comment.id].items():
            has = code in codes
            doubt = 1 - chance if has else chance
            found.append(Doubt(one.comment.id, code, has, doubt))
    return sorted(found, key=lambda doubt: (-doubt.doubt, doubt.id, doubt.code))[:most]
