"""Suggestions: for every comment the likeliest themes, each with probability, span, stance and reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.theming.coding.adapting import adapted
from app.theming.coding.candidates import candidate_groups
from app.theming.coding.carrying import carrying_points
from app.theming.coding.features import PairFeatures
from app.theming.coding.reasons import Reason, find_reason
from app.theming.coding.space import View
from app.theming.coding.weights import LinearModel, Weights, default_weights
from app.theming.comments import CodedComment, Comment, Progress, Theme, no_progress
from app.theming.encoders import Encoder, Floats, default_encoder
from app.theming.stance import StanceModel, parsed
from app.theming.triage.handling import is_substantive

BEST: Final = 10
BLOCK: Final = 250


@dataclass(frozen=True)
class Suggestion:
    """A theme for a comment. `probability` is calibrated; `assigned` says that the engine would code it;
    `start` and `end` are the span that carries the theme, in code points of the comment's text."""

    code: str
    probability: float
    assigned: bool
    stance: str
    start: int
    end: int
    reason: Reason


@dataclass(frozen=True)
class Suggested:
    """Up to ten suggestions for one comment, the likeliest first."""

    id: str
    suggestions: tuple[Suggestion, ...]


def code_comments(
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    *,
    coded: Sequence[CodedComment] = (),
    weights: Weights | None = None,
    encoder: Encoder | None = None,
    progress: Progress = no_progress,
) -> list[Suggested]:
    """Suggestions for each comment, in the order of `comments`; none for text that says nothing.

    `coded` are comments that officers have coded, with their quotes: the more, the better, for the weights
    are adapted to them. A comment that is itself among them is seen as if it were not. Similarities are
    standardised over all `comments`, so pass a question's comments, or better all, at once. `progress` is
    called after each block of 250. Raises WeightsError when `weights` are for another version or encoder.
    """
    weights = weights or default_weights()
    encoder = encoder or default_encoder()
    weights.check_encoder(encoder.name)
    done: list[Suggested | None] = [None] * len(comments)
    finished = 0
    for allowed, rows in candidate_groups(comments, themes):
        group = [comments[row] for row in rows]
        known = {theme.code for theme in allowed}
        examples = [one for one in coded if belongs(one, known, allowed)]
        features = PairFeatures(encoder).fit(group, allowed, coded=examples)
        model = adapted(weights.model(features.names()), features)
        stances = StanceModel(encoder, parsed(weights.stance) if weights.stance else None).fit(examples)
        for at in range(0, len(rows), BLOCK):
            view = features.space_.view(group[at : at + BLOCK])
            block = suggested_in(view, features.transform(view), features, model, stances)
            for row, found in zip(rows[at : at + BLOCK], block, strict=True):
                done[row] = found
            finished += len(rows[at : at + BLOCK])
            progress(finished, len(comments))
    progress(len(comments), len(comments))
    return [found or Suggested(comment.id, ()) for found, comment in zip(done, comments, strict=True)]


def belongs(one: CodedComment, known: set[str], allowed: Sequence[Theme]) -> bool:
    """Whether a coded comment can teach about these themes: it has one of them, or has none at all and is of
    a question that they are for."""
    if one.codings:
        return any(coding.code in known for coding in one.codings)
    return any(theme.question in (None, one.comment.question) for theme in allowed)


def suggested_in(
    view: View, values: Floats, features: PairFeatures, model: LinearModel, stances: StanceModel
) -> list[Suggested]:
    """Suggestions for the comments of a block whose features are `values` (n, t, f)."""
    probabilities = model.probabilities(values)
    points = carrying_points(view, features)
    stances.prepare(_texts(view))
    found = []
    for row, comment in enumerate(view.comments):
        if not is_substantive(comment.text):
            found.append(Suggested(comment.id, ()))
            continue
        order = np.argsort(-probabilities[row], kind="stable")[:BEST]
        chosen = [(int(theme), int(points[row, theme])) for theme in order]
        spans = [view.spans[point] for _, point in chosen]
        leanings = stances.suggest(comment, [features.frame_.themes[theme] for theme, _ in chosen], spans)
        made = [
            Suggestion(
                features.frame_.themes[theme].code, float(probabilities[row, theme]),
                bool(probabilities[row, theme] >= model.threshold), stance, span.start, span.end,
                find_reason(comment, features, theme, view.point_vectors[point]),
            )
            for (theme, point), span, stance in zip(chosen, spans, leanings, strict=True)
        ]  # fmt: skip
        found.append(Suggested(comment.id, tuple(made)))
    return found


def _texts(view: View) -> Iterator[str]:
    """The comments of a block and the words of their points."""
    ends = (*view.starts[1:], len(view.spans))
    for comment, first, end in zip(view.comments, view.starts, ends, strict=True):
        yield comment.text
        yield from (comment.text[span.start : span.end] for span in view.spans[first:end])
