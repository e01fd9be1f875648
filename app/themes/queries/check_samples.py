"""Samples for blind double coding, and what their coders decided."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.counting.standing import comments_that_count
from app.database import blocks, session
from app.enums import DispositionValue, Stance
from app.models import CheckSample, Coding, Comment, Disposition, Officer
from app.responses.queries.pages import A_PAGE, Page, cut, length, within
from app.themes.queries.frame import all_themes, resolved

FIRST, SECOND, MACHINE = "first", "second", "machine"
Code = tuple[str, Stance]
Codes = Mapping[uuid.UUID, str]  # by the id of the theme
_second, _drawn_by = aliased(Officer), aliased(Officer)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """`number` counts the samples of the consultation. `read`: comments that the second coder has decided.
    `figures`: what was measured once it was finished; empty before."""

    id: uuid.UUID
    consultation_id: uuid.UUID
    number: int
    layer: str
    second_coder_id: uuid.UUID
    second_coder: str
    drawn_by: str
    drawn_at: datetime
    interval: int
    seed: int
    comment_ids: tuple[uuid.UUID, ...]
    read: int
    finished_at: datetime | None
    figures: dict[str, Any]
    first: dict[str, Any]  # by comment: what the first coder had given it when the sample was drawn

    @property
    def size(self) -> int:
        return len(self.comment_ids)


@dataclass(frozen=True)
class Decision:
    """`outcome` where there is no theme."""

    codes: frozenset[Code]
    outcome: DispositionValue


def samples_of(consultation_id: uuid.UUID) -> list[Sample]:
    """The newest first."""
    rows = session.execute(_drawn(consultation_id).order_by(CheckSample.id)).all()
    return _samples(rows, first=1)[::-1]


def samples_page(consultation_id: uuid.UUID, *, page: int) -> Page[Sample]:
    """The newest first."""
    query = _drawn(consultation_id)
    total = length(query)
    number = within(page, total)
    rows = session.execute(cut(query.order_by(CheckSample.id.desc()), number)).all()
    before = total - (number - 1) * A_PAGE - len(rows)
    return Page(_samples(rows[::-1], first=before + 1)[::-1], total, number)


def _drawn(consultation_id: uuid.UUID) -> Any:
    return (
        select(CheckSample, _second.name, _drawn_by.name)
        .join(_second, _second.id == CheckSample.second_coder_id)
        .join(_drawn_by, _drawn_by.id == CheckSample.drawn_by_id)
        .where(CheckSample.consultation_id == consultation_id)
    )


def _samples(rows: Sequence[Any], *, first: int) -> list[Sample]:
    """`first` is the number of the first."""
    read = _read([row.layer for row, _, _ in rows])
    return [
        Sample(
            id=row.id, consultation_id=row.consultation_id, number=number, layer=row.layer,
            second_coder_id=row.second_coder_id, second_coder=second, drawn_by=drawn_by,
            drawn_at=row.created_at, interval=row.interval, seed=row.seed,
            comment_ids=tuple(uuid.UUID(one) for one in row.comment_ids), read=read.get(row.layer, 0),
            finished_at=row.finished_at, figures=row.figures.get("measured", {}), first=row.figures[FIRST],
        )
        for number, (row, second, drawn_by) in enumerate(rows, start=first)
    ]  # fmt: skip


def sample_numbered(consultation_id: uuid.UUID, number: int) -> Sample | None:
    if number < 1:
        return None
    rows = session.execute(_drawn(consultation_id).order_by(CheckSample.id).offset(number - 1).limit(1)).all()
    return next(iter(_samples(rows, first=number)), None)


def next_to_read(sample: Sample) -> uuid.UUID | None:
    """In the order that was drawn. Comments that have left the analysis since are passed over."""
    done = set(session.scalars(select(Disposition.comment_id).where(Disposition.layer == sample.layer)))
    there = present(sample.consultation_id, sample.comment_ids)
    return next((one for one in sample.comment_ids if one not in done and one in there), None)


def present(consultation_id: uuid.UUID, comment_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those that are still to be read: neither withdrawn nor changed nor left out since."""
    found: set[uuid.UUID] = set()
    for block in blocks(comment_ids):
        found.update(session.scalars(comments_that_count(consultation_id).where(Comment.id.in_(block))))
    return found


def decisions(
    consultation_id: uuid.UUID, comment_ids: Sequence[uuid.UUID], *, layer: str
) -> dict[uuid.UUID, Decision]:
    """Of a layer. A comment without an outcome there is not in it."""
    return decisions_in(codes_of(consultation_id), comment_ids, layers=[layer])[layer]


def decisions_in(
    codes: Codes, comment_ids: Sequence[uuid.UUID], *, layers: Sequence[str]
) -> dict[str, dict[uuid.UUID, Decision]]:
    given: dict[tuple[str, uuid.UUID], set[Code]] = defaultdict(set)
    found: dict[str, dict[uuid.UUID, Decision]] = {layer: {} for layer in layers}
    for block in blocks(comment_ids):
        rows = select(Coding.layer, Coding.comment_id, Coding.theme_id, Coding.stance).where(
            Coding.comment_id.in_(block), Coding.layer.in_(layers), Coding.removed_at.is_(None)
        )
        for layer, comment_id, theme_id, stance in session.execute(rows):
            given[layer, comment_id].add((codes[theme_id], stance))
        decided = select(Disposition.layer, Disposition.comment_id, Disposition.value).where(
            Disposition.comment_id.in_(block), Disposition.layer.in_(layers)
        )
        for layer, comment_id, value in session.execute(decided):
            found[layer][comment_id] = Decision(frozenset(given[layer, comment_id]), value)
    return found


def frozen(codes: Codes, sample: Sample) -> dict[uuid.UUID, Decision]:
    """What the first coders had decided when the sample was drawn."""
    return {
        uuid.UUID(key): Decision(
            frozenset((codes[uuid.UUID(theme)], Stance(stance)) for theme, stance in value["codes"]),
            DispositionValue(value["outcome"]),
        )
        for key, value in sample.first.items()
    }


def codes_of(consultation_id: uuid.UUID) -> Codes:
    """Merges resolved: of a theme that was merged, the code of the one that it is part of by now."""
    return {key: theme.code for key, theme in resolved(all_themes(consultation_id)).items()}


def _read(layers: Sequence[str]) -> dict[str, int]:
    query = (
        select(Disposition.layer, func.count())
        .where(Disposition.layer.in_(layers))
        .group_by(Disposition.layer)
    )
    return {layer: count for layer, count in session.execute(query)}
