"""Proposed themes with their comments: the public function of this package."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.theming.chosen_encoder import naming_encoder, proposing_encoder
from app.theming.comments import Comment, Progress, in_stable_order, no_progress
from app.theming.discovery.clustering import nets
from app.theming.discovery.fitting import Fitted, fit_themes
from app.theming.encoders import Encoder, Floats
from app.theming.naming import name_groups
from app.theming.text import squash
from app.theming.triage.handling import is_substantive
from app.theming.triage.personal_data import find_personal_data

_SHOWN: Final = 5
Ids = tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A proposed theme. `key` is unique over all questions. `members` are (comment id, score from 0 to 1),
    the clearest first; a net has none: its themes name it as `parent`. `size` counts comments. `exemplars`
    are the clearest comments with different words, `borderline` those nearest to being left out."""

    key: str
    question: str | None
    label: str
    terms: tuple[str, ...]
    size: int
    parent: str | None
    members: tuple[tuple[str, float], ...]
    exemplars: Ids
    borderline: Ids


def discover_themes(
    comments: Sequence[Comment],
    *,
    pooled: bool = False,
    encoder: Encoder | None = None,
    progress: Progress = no_progress,
    workers: int = 1,
) -> list[Proposal]:
    """Themes that the comments of each question propose, nets after their themes; with `pooled`, of all
    questions together. Themes overlap, their number is found, and comments that say nothing or fit nowhere
    are in none. The order of `comments` changes nothing, nor does the number of `workers` (see
    app.theming.blocks)."""
    encoder = encoder or proposing_encoder(len(comments))
    asked: dict[str | None, list[Comment]] = {}
    for comment in in_stable_order(comments):
        asked.setdefault(None if pooled else comment.question, []).append(comment)
    found: list[Proposal] = []
    done = 0
    for number, (question, mine) in enumerate(asked.items(), start=1):
        watch = _share_of(progress, done, len(mine), len(comments))
        found += _of_question(f"Q{number:02d}", question, mine, encoder, workers, watch)
        done += len(mine)
        progress(done, len(comments))
    return found


def _share_of(progress: Progress, before: int, mine: int, total: int) -> Progress:
    """Progress of all comments, told that of the texts of one question."""
    return lambda done, texts: progress(before + done * mine // max(1, texts), total)


def _of_question(
    prefix: str,
    question: str | None,
    comments: list[Comment],
    encoder: Encoder,
    workers: int,
    watch: Progress,
) -> list[Proposal]:
    """Identical texts are one text here, and each sender a member."""
    senders: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for comment in comments:
        if is_substantive(comment.text):
            plain = squash(comment.text)
            senders.setdefault(plain, []).append(comment.id)
            written.setdefault(plain, comment.text)
    texts = list(written.values())
    fitted = fit_themes(texts, encoder=encoder, workers=workers, progress=watch)
    order = _by_size(fitted.scores, senders=[len(ids) for ids in senders.values()])
    return _Themes(prefix, question, texts, list(senders.values()), fitted.ordered(order)).proposals()


def _by_size(scores: Any, *, senders: Sequence[int]) -> npt.NDArray[np.intp]:
    """Themes that have comments, the largest first."""
    sizes = (scores > 0).T @ np.asarray(senders)
    return np.asarray([theme for theme in np.argsort(-sizes, kind="stable") if sizes[theme]], np.intp)


@dataclass(frozen=True)
class _Themes:
    """The themes of one question: n texts with their senders, and how k themes were found in them."""

    prefix: str
    question: str | None
    texts: list[str]
    senders: list[list[str]]
    fitted: Fitted

    def proposals(self) -> list[Proposal]:
        groups = nets(self.fitted.centres)
        background = [self.question] if self.question else []
        words = [self._words(theme) for theme in range(len(self.fitted.centres))]
        names = name_groups(words, background=background, encoder=naming_encoder())
        made = []
        for theme, name in enumerate(names):
            parent = self._net_key(groups[theme]) if groups[theme] >= 0 else None
            key = f"{self.prefix}-T{theme + 1:02d}"
            members = self._members(theme)
            made.append(
                Proposal(
                    key, self.question, name.label, name.terms, len(members), parent, members,
                    self._exemplars(theme), tuple(ident for ident, _ in members[::-1][:_SHOWN]),
                )
            )  # fmt: skip
        return made + self._nets(groups, made)

    def _net_key(self, group: int) -> str:
        return f"{self.prefix}-N{group + 1:02d}"

    def _nets(self, groups: npt.NDArray[np.intp], made: Sequence[Proposal]) -> list[Proposal]:
        """A net is named by its largest themes, which are the first."""
        found = []
        for group in sorted({int(group) for group in groups if group >= 0}):
            mine = [one for one, place in zip(made, groups, strict=True) if place == group]
            terms = tuple(
                dict.fromkeys(
                    term for rank in range(3) for one in mine for term in one.terms[rank : rank + 1]
                )
            )
            label = " / ".join(one.label.split(", ")[0] for one in mine[:3])
            everyone = {ident for one in mine for ident, _ in one.members}
            exemplars = tuple(dict.fromkeys(one.exemplars[0] for one in mine if one.exemplars))[:_SHOWN]
            found.append(
                Proposal(
                    self._net_key(group),
                    self.question,
                    label,
                    terms[:8],
                    len(everyone),
                    None,
                    (),
                    exemplars,
                    (),
                )
            )
        return found

    def _clearest(self, theme: int) -> tuple[list[int], Floats]:
        """Rows of the texts in a theme, the clearest first, and their scores."""
        column = self.fitted.scores[:, [theme]]
        order = np.argsort(-column.data, kind="stable")
        return column.indices[order].tolist(), column.data[order]

    def _members(self, theme: int) -> tuple[tuple[str, float], ...]:
        rows, scores = self._clearest(theme)
        pairs = zip(rows, scores, strict=True)
        return tuple((ident, round(float(score), 4)) for row, score in pairs for ident in self.senders[row])

    def _exemplars(self, theme: int) -> Ids:
        return tuple(self.senders[row][0] for row in self._clearest(theme)[0][:_SHOWN])

    @cached_property
    def _blanked(self) -> dict[int, str]:
        return {row: _blanked(self.texts[row]) for row in np.unique(self.fitted.points.owners).tolist()}

    def _words(self, theme: int) -> list[str]:
        """The points in a theme, with possible personal data blanked: a label never names a person."""
        inside = np.zeros(len(self.texts), bool)
        inside[self.fitted.scores[:, [theme]].indices] = True
        rows = np.flatnonzero((self.fitted.nearest == theme) & inside[self.fitted.points.owners])
        joined: dict[int, list[str]] = {}
        for row in rows:
            owner, span = int(self.fitted.points.owners[row]), self.fitted.points.spans[row]
            joined.setdefault(owner, []).append(self._blanked[owner][span.start : span.end])
        return [". ".join(pieces) for _, pieces in sorted(joined.items())]


def _blanked(text: str) -> str:
    for found in find_personal_data(text):
        text = text[: found.start] + "•" * (found.end - found.start) + text[found.end :]
    return text
