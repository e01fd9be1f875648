"""Learning while officers code: new suggestions within a second of the newest coding.

How to use it (nothing here reads a database, and nothing is random):

    learner = Learner(comments, themes)         # once: seconds; all comments of the consultation, its frame
    learner.learn(coded)                        # after some codings: under a second at 5,000 codings
    learner.suggest(["A001.0", "A002.1"])       # as code_comments would give for them: milliseconds each

`learn` is given all that is coded now, not only what is new: what was seen before is remembered by its text,
and a coding that an officer took back is simply not there any more. In the product the worker does this after
officers saved (`app.themes.services.learn`), and the pages read the rows it leaves: a page needs no call.

The model is the matcher of `app.theming.coding`: what a second costs is the examples (nearest coded quotes,
votes, a ridge regression) and drawing the shipped weights towards what officers coded; what the first day's
features cost is paid once.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from app.theming.chosen_encoder import default_encoder
from app.theming.coding.adapting import learnt, learnt_from
from app.theming.coding.candidates import candidate_groups
from app.theming.coding.features import PairFeatures
from app.theming.coding.matcher import BLOCK, Suggested, belongs, suggested_in
from app.theming.coding.remembering import RememberingSpace
from app.theming.coding.space import View
from app.theming.coding.weights import Weights, default_weights
from app.theming.comments import CodedComment, Comment, Theme
from app.theming.encoders import Encoder, Floats
from app.theming.stance import StanceModel, parsed
from app.theming.triage.handling import is_substantive


class Learner:
    """Suggestions for n comments and a frame of t themes that follow what officers code.

    Made from the comments and the frame, it suggests as on the first day. Raises WeightsError when `weights`
    are of another version or for another encoder, EncoderUnavailableError when there is none.
    """

    def __init__(
        self,
        comments: Sequence[Comment],
        themes: Sequence[Theme],
        *,
        weights: Weights | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        encoder = encoder or default_encoder(len(comments))
        weights = weights or default_weights(encoder.name)
        weights.check_encoder(encoder.name)
        self._comments = {one.id: one for one in comments}
        self._courses: list[_Course] = []
        self._course_of: dict[str, _Course] = {}
        for allowed, rows in candidate_groups(comments, themes):
            group = [comments[row] for row in rows]
            course = _Course(group, allowed, weights, encoder)
            self._courses.append(course)
            self._course_of.update((one.id, course) for one in group)

    def learn(self, coded: Sequence[CodedComment]) -> "Learner":
        """`coded` are all comments that are coded now, each once, with none, one or several codings. The same
        ones give the same suggestions, whatever was learnt before and in whatever order."""
        for course in self._courses:
            course.learn(coded)
        return self

    def suggest(self, ids: Iterable[str]) -> list[Suggested]:
        """Up to ten suggestions for each comment, in the order of `ids`; what `code_comments` gives for the
        same comments, frame and codings. Raises KeyError for an id that is not among the comments."""
        wanted = [self._comments[ident] for ident in ids]
        found: dict[str, Suggested] = {one.id: Suggested(one.id, ()) for one in wanted}
        for course in self._courses:
            mine = list(dict.fromkeys(one for one in wanted if self._course_of.get(one.id) is course))
            for at in range(0, len(mine), BLOCK):
                found.update((one.id, one) for one in course.suggest(mine[at : at + BLOCK]))
        return [found[one.id] for one in wanted]

    def probabilities(self, ids: Iterable[str]) -> dict[str, dict[str, float]]:
        """The calibrated probability of each theme by code for each comment, by id; none where no theme is
        for its question. Raises KeyError for an id that is not among the comments."""
        wanted = [self._comments[ident] for ident in ids]
        found: dict[str, dict[str, float]] = {one.id: {} for one in wanted}
        for course in self._courses:
            mine = list(dict.fromkeys(one for one in wanted if self._course_of.get(one.id) is course))
            for at in range(0, len(mine), BLOCK):
                found.update(course.probabilities(mine[at : at + BLOCK]))
        return found

    def assigned(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The themes that the engine would code each comment with, by id: quicker than `suggest` where spans
        and reasons are not needed. Text that says nothing is given none. Raises KeyError as above."""
        wanted = list(ids)
        chances = self.probabilities(wanted)
        return {
            ident: frozenset(
                code for code, chance in chances[ident].items() if chance >= self._course_of[ident].threshold
            )
            if is_substantive(self._comments[ident].text)
            else frozenset()
            for ident in wanted
        }


class _Course:
    """The comments of questions that have the same themes."""

    def __init__(
        self, comments: Sequence[Comment], themes: Sequence[Theme], weights: Weights, encoder: Encoder
    ) -> None:
        self._themes, self._weights = themes, weights
        self._features = PairFeatures(encoder, space=RememberingSpace(encoder)).fit(comments, themes)
        self._known = {theme.code for theme in themes}
        self._first_day: dict[str, Floats] = {}
        self._stances = StanceModel(encoder, parsed(weights.stance) if weights.stance else None)
        self._model = weights.model(self._features.names())

    @property
    def threshold(self) -> float:
        """The probability from which a theme is assigned."""
        return self._model.threshold

    def learn(self, coded: Sequence[CodedComment]) -> None:
        mine = [one for one in coded if belongs(one, self._known, self._themes)]
        self._features.take_in(mine)
        self._stances.fit(mine)
        self._model = self._weights.model(self._features.names())
        rows = learnt_from(self._features)
        if rows:
            examples = self._features.examples_
            view = self._features.space_.view([examples.coded[row].comment for row in rows])
            values = self._features.with_examples(view, self._remembered(view))
            self._model = learnt(self._model, values, examples.used[rows] > 0)

    def suggest(self, comments: Sequence[Comment]) -> list[Suggested]:
        view = self._features.space_.view(comments)
        values = self._features.with_examples(view, self._remembered(view))
        return suggested_in(view, values, self._features, self._model, self._stances)

    def probabilities(self, comments: Sequence[Comment]) -> dict[str, dict[str, float]]:
        view = self._features.space_.view(comments)
        chances = self._model.probabilities(self._features.with_examples(view, self._remembered(view)))
        codes = [theme.code for theme in self._themes]
        return {
            one.id: dict(zip(codes, map(float, row), strict=True))
            for one, row in zip(comments, chances, strict=True)
        }

    def _remembered(self, view: View) -> Floats:
        """Features of the first day of a block, (n, t, f): they are the same for as long as the frame is."""
        new = [one for one in view.comments if one.id not in self._first_day]
        if new:
            fresh = self._features.of_first_day(self._features.space_.view(new))
            self._first_day.update(zip((one.id for one in new), fresh, strict=True))
        return np.stack([self._first_day[one.id] for one in view.comments])
