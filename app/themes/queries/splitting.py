"""The codings of a theme as they are sorted into the parts of a split, page by page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.counting.behind import comments_behind, standing_coding
from app.counting.frame import frame
from app.database import session
from app.enums import Stance
from app.models import Coding, Comment, Officer, Response, SortedCoding, Theme, ThemeSorting
from app.responses.hidden import shown_words
from app.responses.queries.pages import Page, cut, length, within


@dataclass(frozen=True)
class ToSort:
    """`chosen`: the numbers of the parts that it was sorted into before, None where it was not; `suggested`:
    those whose words stand in the quotes."""

    id: uuid.UUID
    comment_id: uuid.UUID
    reference: str
    officer: str
    stance: Stance
    quotes: tuple[str, ...]
    chosen: frozenset[int] | None
    suggested: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class SortingShown:
    """A split under way: the label and words of each part, who sorted last, how many codings."""

    code: str
    label: str
    parts: tuple[tuple[str, str], ...]
    officer: str
    at: datetime
    sorted: int


def codings_to_sort(
    consultation_id: uuid.UUID, theme: Theme, *, words: Sequence[Sequence[str]], page: int
) -> Page[ToSort]:
    """Those on comments that count. `words`: for each part, any of which speaks for it."""
    ids = _standing(consultation_id, theme.code)
    total = length(ids)
    number = within(page, total)
    query = (
        select(Coding, Comment, Response.reference, Officer.name, SortedCoding.parts)
        .join(Comment, Comment.id == Coding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(Officer, Officer.id == Coding.officer_id)
        .outerjoin(ThemeSorting, ThemeSorting.theme_id == theme.id)
        .outerjoin(
            SortedCoding, (SortedCoding.sorting_id == ThemeSorting.id) & (SortedCoding.coding_id == Coding.id)
        )
        .where(Coding.id.in_(ids))
        .options(selectinload(Coding.quotes))
    )
    rows = session.execute(cut(query.order_by(Coding.id), number)).all()
    return Page([_to_sort(*row, words=words) for row in rows], total, number)


def sorted_before(consultation_id: uuid.UUID, theme: Theme) -> dict[uuid.UUID, frozenset[int]]:
    """What was sorted of the codings that are still there."""
    query = (
        select(SortedCoding.coding_id, SortedCoding.parts)
        .join(ThemeSorting, ThemeSorting.id == SortedCoding.sorting_id)
        .where(
            ThemeSorting.theme_id == theme.id,
            SortedCoding.coding_id.in_(_standing(consultation_id, theme.code)),
        )
    )
    return {key: frozenset(parts) for key, parts in session.execute(query)}


def sortings(consultation_id: uuid.UUID, theme_id: uuid.UUID | None = None) -> list[SortingShown]:
    """Splits under way, of one theme or of all that are in use: no other can be split."""
    counted = (
        select(func.count()).where(SortedCoding.sorting_id == ThemeSorting.id).correlate(ThemeSorting)
    ).scalar_subquery()
    query = (
        select(ThemeSorting, Theme.code, Theme.label, Officer.name, counted)
        .join(Theme, Theme.id == ThemeSorting.theme_id)
        .join(Officer, Officer.id == ThemeSorting.officer_id)
        .where(
            ThemeSorting.consultation_id == consultation_id,
            Theme.merged_into_id.is_(None),
            Theme.retired_at.is_(None),
        )
        .order_by(Theme.code)
    )
    if theme_id is not None:
        query = query.where(ThemeSorting.theme_id == theme_id)
    return [
        SortingShown(
            code=code, label=label, parts=tuple((name, words) for name, words in row.parts),
            officer=officer, at=row.updated_at, sorted=count,
        )
        for row, code, label, officer, count in session.execute(query)
    ]  # fmt: skip


def _standing(consultation_id: uuid.UUID, code: str) -> Select[uuid.UUID]:
    return select(Coding.id).where(
        Coding.theme_id.in_(frame(consultation_id).under(code)),
        standing_coding(),
        Coding.comment_id.in_(comments_behind(consultation_id)),
    )


def _to_sort(
    coding: Coding,
    comment: Comment,
    reference: str,
    officer: str,
    kept: list[int] | None,
    *,
    words: Sequence[Sequence[str]],
) -> ToSort:
    quotes = tuple(shown_words(comment, quote.start, quote.end) for quote in coding.quotes)
    said = " ".join(quotes).casefold()
    fits = frozenset(n for n, some in enumerate(words) if any(one.casefold() in said for one in some))
    chosen = None if kept is None else frozenset(kept)
    return ToSort(coding.id, comment.id, reference, officer, coding.stance, quotes, chosen, fits)
