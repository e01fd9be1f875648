"""Suggestions: for every comment the likeliest themes, each with probability, span, stance and reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.theming.coding.candidates import candidate_groups
from app.theming.coding.features import PairFeatures
from app.theming.coding.reasons import Reason, find_reason
from app.theming.coding.space import View
from app.theming.coding.weights import LinearModel, Weights, default_weights
from app.theming.comments import CodedComment, Comment, Progress, Theme, no_progress
from app.theming.encoders import Encoder, Floats, default_encoder
from app.theming.stance import suggest_stance
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

    `coded` are comments that officers have coded, with their quotes: the more, the better. Similarities are
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
        examples = [one for one in coded if _belongs(one, known, allowed)]
        features = PairFeatures(encoder).fit(group, allowed, coded=examples)
        model = weights.model(features.names())
        for at in range(0, len(rows), BLOCK):
            for row, found in zip(
                rows[at : at + BLOCK], _block(group[at : at + BLOCK], features, model), strict=True
            ):
                done[row] = found
            finished += len(rows[at : at + BLOCK])
            progress(finished, len(comments))
    progress(len(comments), len(comments))
    return [found or Suggested(comment.id, ()) for found, comment in zip(done, comments, strict=True)]


def _belongs(one: CodedComment, known: set[str], allowed: Sequence[Theme]) -> bool:
    """Whether a coded comment can teach about these themes: it has one of them, or has none at all and is of
    a question that they are for."""
    if one.codings:
        return any(coding.code in known for coding in one.codings)
    return any(theme.question in (None, one.comment.question) for theme in allowed)


def _block(comments: Sequence[Comment], features: PairFeatures, model: LinearModel) -> list[Suggested]:
    view = features.space_.view(comments)
    probabilities = model.probabilities(features.transform(view))
    strength = _strength(view, features)
    found = []
    for row, comment in enumerate(comments):
        if not is_substantive(comment.text):
            found.append(Suggested(comment.id, ()))
            continue
        order = np.argsort(-probabilities[row], kind="stable")[:BEST]
        made = [
            _suggestion(view, features, row, int(theme), float(probabilities[row, theme]), model, strength)
            for theme in order
        ]
        found.append(Suggested(comment.id, tuple(made)))
    return found


def _strength(view: View, features: PairFeatures) -> Floats:
    """How much each point (p, t) carries each theme: in meaning and words, and like coded quotes."""
    frame, space = features.frame_, features.space_
    words = space.words([theme.words for theme in frame.themes]).T
    strength = view.point_vectors @ frame.words.T + (view.point_words @ words).toarray()
    examples = features.examples_
    if len(examples.quote_theme):
        alike = view.point_vectors @ examples.quotes.T
        for theme in np.unique(examples.quote_theme):
            strength[:, theme] += np.maximum(alike[:, examples.quote_theme == theme].max(axis=1), 0)
    return np.asarray(strength, np.float32)


def _suggestion(
    view: View,
    features: PairFeatures,
    row: int,
    theme: int,
    probability: float,
    model: LinearModel,
    strength: Floats,
) -> Suggestion:
    first = int(view.starts[row])
    count = int(view.counts[row])
    point = first + int(np.argmax(strength[first : first + count, theme]))
    comment, span = view.comments[row], view.spans[point]
    chosen = features.frame_.themes[theme]
    words = comment.text[span.start : span.end]
    stance = suggest_stance(words, closed=comment.closed, theme=f"{chosen.label}. {chosen.definition}")
    assigned = probability >= model.threshold
    reason = find_reason(comment, features, theme, view.point_vectors[point])
    return Suggestion(chosen.code, probability, assigned, stance, span.start, span.end, reason)
