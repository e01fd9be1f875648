"""What giving a theme to a list of comments, or taking it off them, would do, before it is done."""

import random
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from app.counting.behind import standing_coding
from app.counting.frame import frame
from app.database import session
from app.enums import DispositionValue
from app.models import MAIN_LAYER, Coding, Comment, Consultation, Disposition, Officer, Suggestion, Theme
from app.responses.queries.comment_listing import CommentList, comments_asked_for
from app.themes.marks import excerpt
from app.themes.queries.bulk import DRAWN, LEAST_LIKELY, digest_of
from app.themes.queries.cards import about, percent

MOST = 20_000  # at once


class Action(StrEnum):
    APPLY = "apply"
    REMOVE = "remove"


@dataclass(frozen=True)
class Listed:
    """`locked` and `by` are numbers of comments by the officer who decided."""

    ids: tuple[uuid.UUID, ...]  # to be changed
    there: int
    without: int
    locked: tuple[tuple[str, int], ...]
    by: tuple[tuple[str, int], ...]

    @property
    def digest(self) -> str:
        """Stands for the exact list: whoever applies it says which list they saw."""
        return digest_of(self.ids)


@dataclass(frozen=True)
class Example:
    id: uuid.UUID
    reference: str
    about: str
    text: str
    cut_before: bool
    cut_after: bool
    percent: int | None  # how likely the software finds the theme; None: not among its ten best


def sort_out(consultation_id: uuid.UUID, asked: CommentList, *, theme: Theme, action: Action) -> Listed:
    """A comment that has the theme, in whatever stance, is not given it again; another outcome stands."""
    chosen = comments_asked_for(consultation_id, asked)
    ids = session.scalars(chosen.order_by(Comment.id)).all()
    coded = _coded(consultation_id, chosen, theme)
    if action is Action.REMOVE:
        by = Counter(officer for officers in coded.values() for officer in officers)
        found = tuple(one for one in ids if one in coded)
        return Listed(found, len(found), len(ids) - len(found), (), _numbers(by))
    settled = _settled(chosen)
    found = tuple(one for one in ids if one not in coded and one not in settled)
    locked = Counter(officer for one, officer in settled.items() if one not in coded)
    return Listed(found, sum(one in coded for one in ids), 0, _numbers(locked), ())


def examples(consultation_id: uuid.UUID, listed: Listed, theme: Theme) -> tuple[list[Example], list[Example]]:
    """The least likely first, then some drawn at random from the others, the same each time."""
    likely = _likelihoods(consultation_id, theme)
    order = sorted(listed.ids, key=lambda one: (likely.get(one, -1.0), one))
    least, rest = order[:LEAST_LIKELY], order[LEAST_LIKELY:]
    drawn = random.Random(listed.digest).sample(rest, min(DRAWN, len(rest)))  # noqa: S311  # no secret
    shown = _shown([*least, *drawn], likely)
    return [shown[one] for one in least], [shown[one] for one in drawn]


def _coded(consultation_id: uuid.UUID, chosen: Select[Any], theme: Theme) -> dict[uuid.UUID, set[str]]:
    listed = chosen.subquery("listed")
    query = (
        select(Coding.comment_id, Officer.name)
        .join(listed, listed.c.id == Coding.comment_id)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(standing_coding(), Coding.theme_id.in_(frame(consultation_id).under(theme.code)))
    )
    found: dict[uuid.UUID, set[str]] = {}
    for comment_id, name in session.execute(query):
        found.setdefault(comment_id, set()).add(name)
    return found


def _settled(chosen: Select[Any]) -> dict[uuid.UUID, str]:
    listed = chosen.subquery("listed")
    query = (
        select(Disposition.comment_id, Officer.name)
        .join(listed, listed.c.id == Disposition.comment_id)
        .join(Officer, Officer.id == Disposition.officer_id)
        .where(
            Disposition.layer == MAIN_LAYER,
            Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
        )
    )
    return {comment_id: name for comment_id, name in session.execute(query)}


def _likelihoods(consultation_id: uuid.UUID, theme: Theme) -> dict[uuid.UUID, float]:
    family = frame(consultation_id).under(theme.code)
    query = (
        select(Suggestion.comment_id, func.max(Suggestion.probability))
        .join(
            Consultation,
            and_(Consultation.id == consultation_id, Consultation.current_run_id == Suggestion.run_id),
        )
        .where(Suggestion.theme_id.in_(family))
        .group_by(Suggestion.comment_id)
    )
    return {comment_id: probability for comment_id, probability in session.execute(query)}


def _shown(ids: Sequence[uuid.UUID], likely: dict[uuid.UUID, float]) -> dict[uuid.UUID, Example]:
    query = select(Comment).where(Comment.id.in_(ids))
    loaded = query.options(
        joinedload(Comment.response), joinedload(Comment.question), joinedload(Comment.passage)
    )
    return {one.id: _example(one, likely.get(one.id)) for one in session.scalars(loaded)}


def _example(comment: Comment, probability: float | None) -> Example:
    text = comment.redacted_text
    first, last = excerpt(text, 0, min(200, len(text)))
    return Example(
        comment.id, comment.response.reference, about(comment), text[first:last], first > 0, last < len(text),
        None if probability is None else percent(probability),
    )  # fmt: skip


def _numbers(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))
