"""Themes by who raised them, with small numbers hidden in each row. Nets are left out: what a net shows less
what its themes show would give hidden numbers away.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.consultations.queries.questions import questions_of
from app.counting.behind import NOT_GIVEN
from app.counting.cross_tab import (
    DONT_KNOW,
    NO_ANSWER,
    Groups,
    Raised,
    Trait,
    raised_by_answer,
    raised_by_trait,
)
from app.counting.frame import frame
from app.counting.spread import by_size
from app.enums import QuestionKind, QuestionPurpose, RespondentKind
from app.models import Question
from app.reporting.chance import Mark, Share, marks
from app.reporting.suppression import Hidden, Shown, hidden_last, hide_in_groups, hide_in_list
from app.responses.queries.choices import Words, title_of

ONE_ANSWER = (QuestionKind.SCALE, QuestionKind.ONE_CHOICE)


@dataclass(frozen=True)
class Column:
    """`base`: who commented anywhere. `filters`: of the list of responses that it is, if there is one."""

    label: str
    base: Shown
    filters: dict[str, str] | None


@dataclass(frozen=True)
class Cell:
    count: Shown
    mark: Mark | None = None


@dataclass(frozen=True)
class ThemeRow:
    code: str
    label: str
    respondents: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CrossTab:
    """`tested`: how many shares were held against those of all others."""

    columns: tuple[Column, ...]
    rows: tuple[ThemeRow, ...]
    base: int
    tested: int


@dataclass(frozen=True)
class _Dimension:
    labels: Sequence[tuple[str, dict[str, str] | None]]
    hide: Callable[[Groups], Sequence[Shown]]  # a number for each label


def questions_to_cross(consultation_id: uuid.UUID) -> list[tuple[str, str]]:
    """Keys and titles of those that are answered by one choice."""
    return [(one.key, f"{title_of(one)}: {one.wording.text}") for one in _closed(consultation_id)]


def themes_by(consultation_id: uuid.UUID, by: str, *, words: Words) -> CrossTab | None:
    """`by`: a Trait, or the key of a question. None where there is no such."""
    if by in set(Trait):
        raised = raised_by_trait(consultation_id, Trait(by))
        dimension = _by_type() if by == Trait.TYPE else _by_area(raised, words)
        return _table(consultation_id, raised, dimension)
    question = next((one for one in _closed(consultation_id) if one.key == by), None)
    if question is None:
        return None
    return _table(consultation_id, raised_by_answer(consultation_id, question.id), _by_answer(question))


def _closed(consultation_id: uuid.UUID) -> list[Question]:
    asked = questions_of(consultation_id, purposes=(QuestionPurpose.BID,))
    return [one for one in asked if one.kind in ONE_ANSWER]


def _by_type() -> _Dimension:
    """The totals of the table that the page of a theme shows, hidden where that hides them."""
    kinds = (RespondentKind.INDIVIDUAL, RespondentKind.ORGANISATION)

    def hide(found: Groups) -> Sequence[Shown]:
        individuals = sum(count for (kind, _), count in found.items() if kind == kinds[0])
        types = by_size({type_: count for (kind, type_), count in found.items() if kind == kinds[1]})
        return hide_in_groups([[individuals], [row.count for row in types]])[1].cells

    names = ("Individuals", "Organisations")
    return _Dimension([(name, {"kind": kind.value}) for name, kind in zip(names, kinds, strict=True)], hide)


def _by_area(raised: Raised, words: Words) -> _Dimension:
    bases = _hidden_by_area(raised.everyone)
    areas = [area for area, _ in sorted(bases, key=lambda one: hidden_last(words.area(one[0]), one[1]))]

    def hide(found: Groups) -> Sequence[Shown]:
        by = dict(_hidden_by_area(found))
        # Noughts would say who the few are.
        nobody: Shown = Hidden.TOO_FEW if Hidden.TOO_FEW in by.values() else 0
        return [by.get(area, nobody) for area in areas]

    return _Dimension([(words.area(area), {"area": area or NOT_GIVEN}) for area in areas], hide)


def _hidden_by_area(found: Groups) -> list[tuple[str | None, Shown]]:
    """As on a theme's page."""
    rows = by_size({area: count for (area,), count in found.items()})
    shown = hide_in_list([row.count for row in rows]).cells
    return [(row.key, cell) for row, cell in zip(rows, shown, strict=True)]


def _by_answer(question: Question) -> _Dimension:
    options = [((option.key, ""), option.label) for option in question.options]
    groups = [*(group for group, _ in options), DONT_KNOW, NO_ANSWER]
    labels: list[tuple[str, dict[str, str] | None]] = [
        (label, {"option": f"{question.key}:{group[0]}"}) for group, label in options
    ]
    labels += [("Don’t know", None), ("No answer, or not asked", None)]
    return _Dimension(labels, lambda found: hide_in_list([found[group] for group in groups]).cells)


def _table(consultation_id: uuid.UUID, raised: Raised, dimension: _Dimension) -> CrossTab:
    bases, everyone = dimension.hide(raised.everyone), sum(raised.everyone.values())
    themes = [one for one in frame(consultation_id).counted() if one.code in raised.themes]
    counts = [
        (sum(raised.themes[one.code].values()), dimension.hide(raised.themes[one.code])) for one in themes
    ]
    shares = [
        _share(cell, base, total, everyone)
        for total, cells in counts
        for cell, base in zip(cells, bases, strict=True)
    ]
    found, tested = marks(shares)
    each = iter(found)
    return CrossTab(
        tuple(
            Column(label, base, filters)
            for (label, filters), base in zip(dimension.labels, bases, strict=True)
        ),
        tuple(
            ThemeRow(one.code, one.label, total, tuple(Cell(cell, next(each)) for cell in cells))
            for one, (total, cells) in zip(themes, counts, strict=True)
        ),
        everyone,
        tested,
    )


def _share(cell: Shown, base: Shown, total: int, everyone: int) -> Share | None:
    """Of numbers that are shown alone: a mark must not tell of a hidden one."""
    if isinstance(cell, Hidden) or isinstance(base, Hidden):
        return None
    return Share(cell, base, total - cell, everyone - base)
