"""Suggestions: for every comment the likeliest themes, each with probability, span, stance and reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.theming.blocks import in_blocks, one_thread
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.adapting import adapted
from app.theming.coding.candidates import candidate_groups
from app.theming.coding.carrying import carrying_points
from app.theming.coding.features import PairFeatures
from app.theming.coding.reasons import Reason, find_reason
from app.theming.coding.space import View
from app.theming.coding.weights import LinearModel, Weights, default_weights
from app.theming.comments import CodedComment, Comment, Progress, Theme, no_progress
from app.theming.encoders import Encoder, Floats, RecentTexts
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


@dataclass(frozen=True)
class Coder:
    """What is fitted once for comments that may have the same themes, and suggests for any block of them."""

    features: PairFeatures
    model: LinearModel
    stances: StanceModel

    def suggest(self, comments: Sequence[Comment]) -> list[Suggested]:
        """Suggestions for each comment of a block, in its order."""
        view = self.features.space_.view(comments)
        return suggested_in(view, self.features.transform(view), self.features, self.model, self.stances)


def code_comments(
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    *,
    coded: Sequence[CodedComment] = (),
    weights: Weights | None = None,
    encoder: Encoder | None = None,
    progress: Progress = no_progress,
    workers: int = 1,
) -> list[Suggested]:
    """Suggestions for each comment, in the order of `comments`; none for text that says nothing.

    `coded` are comments that officers have coded, with their quotes: the more, the better, for the weights
    are adapted to them. A comment that is itself among them is seen as if it were not. Similarities are
    standardised over all `comments`, so pass a question's comments, or better all, at once. `progress` is
    called after each block of 250. With `workers` other than 1 blocks are computed by so many processes (see
    app.theming.blocks); the result is the same. Raises WeightsError when `weights` are for another version or
    encoder.
    """
    return list(
        suggestions(
            comments,
            themes,
            coded=coded,
            weights=weights,
            encoder=encoder,
            progress=progress,
            workers=workers,
        )
    )


def suggestions(
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    *,
    coded: Sequence[CodedComment] = (),
    weights: Weights | None = None,
    encoder: Encoder | None = None,
    progress: Progress = no_progress,
    workers: int = 1,
) -> Iterator[Suggested]:
    """What `code_comments` gives, one by one as blocks are done: no more than some blocks are held at a time.
    What is to be learnt is learnt before it returns, and errors are raised by then."""
    encoder = RecentTexts(encoder or default_encoder(len(comments)))
    weights = weights or default_weights(encoder.name)
    weights.check_encoder(encoder.name)
    coders: list[Coder] = []
    blocks: list[tuple[int, list[int]]] = []
    for allowed, rows in candidate_groups(comments, themes):
        group = [comments[row] for row in rows]
        known = {theme.code for theme in allowed}
        examples = [one for one in coded if belongs(one, known, allowed)]
        with one_thread():
            features = PairFeatures(encoder).fit(group, allowed, coded=examples)
            model = adapted(weights.model(features.names()), features)
        stances = StanceModel(encoder, parsed(weights.stance) if weights.stance else None).fit(examples)
        blocks += [(len(coders), rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        coders.append(Coder(features, model, stances))
    blocks.sort(key=lambda block: block[1])  # by their first comments: few wait for one before them
    given = [(coder, [comments[row] for row in rows]) for coder, rows in blocks]
    found = in_blocks(_suggest, coders, given, workers=workers)
    return _in_order(comments, [rows for _, rows in blocks], found, progress)


def _suggest(coders: Sequence[Coder], block: tuple[int, Sequence[Comment]]) -> list[Suggested]:
    return coders[block[0]].suggest(block[1])


def _in_order(
    comments: Sequence[Comment],
    blocks: Sequence[Sequence[int]],
    found: Iterator[list[Suggested]],
    progress: Progress,
) -> Iterator[Suggested]:
    """Suggestions in the order of `comments`, given those of `blocks` of their rows. A comment that is in no
    block has none."""
    waiting: dict[int, Suggested] = {}
    alone = set(range(len(comments))).difference(*blocks)
    upcoming = done = 0
    for rows, block in zip(blocks, found, strict=True):
        waiting.update(zip(rows, block, strict=True))
        done += len(rows)
        progress(done, len(comments))
        while upcoming in waiting or upcoming in alone:
            yield waiting.pop(upcoming, Suggested(comments[upcoming].id, ()))
            upcoming += 1
    yield from (Suggested(comment.id, ()) for comment in comments[upcoming:])
    progress(len(comments), len(comments))


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
