"""The equality answers as tables: on a base of 50 or more, small numbers hidden, each question for itself."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.consultations.queries.equality import EqualityQuestion, equality_questions
from app.counting.equality import equality_counts
from app.enums import RespondentKind
from app.models import Consultation
from app.reporting.document import Number
from app.reporting.suppression import Hidden, Shown, hide_in_list

SMALLEST_BASE, ROUNDED_TO = 50, 5


@dataclass(frozen=True)
class EqualityTable:
    """`rows` is empty where fewer than SMALLEST_BASE answered, or nothing can be shown safely."""

    text: str
    base: int | None
    rows: tuple[tuple[str, Number], ...] = ()


def equality_tables(consultation: Consultation) -> list[EqualityTable]:
    """Of individuals. Rounded, so that a look before and one after a response came, went or was left out
    does not show what its sender answered: decision 0131.
    """
    questions = equality_questions(consultation, RespondentKind.INDIVIDUAL)
    counts = equality_counts(consultation.id, RespondentKind.INDIVIDUAL)
    shown: dict[str, list[Shown]] = {}
    for question in questions:
        chosen = [counts.get(option.id, 0) for option in question.options]
        if sum(chosen) >= SMALLEST_BASE and _parent_is_shown(question, questions, shown):
            shown[question.key] = list(hide_in_list(chosen).cells)
    return [_table(question, shown.get(question.key, []), counts) for question in questions]


def _parent_is_shown(
    question: EqualityQuestion, questions: Sequence[EqualityQuestion], shown: Mapping[str, list[Shown]]
) -> bool:
    """How many were asked further would say how large a hidden number is."""
    if question.only_if is None:
        return True
    key, answer = question.only_if
    options = next((one.options for one in questions if one.key == key), ())
    cells = {option.key: cell for option, cell in zip(options, shown.get(key, []), strict=False)}
    return isinstance(cells.get(answer, Hidden.TOO_FEW), int)


def _table(question: EqualityQuestion, cells: list[Shown], counts: Mapping[uuid.UUID, int]) -> EqualityTable:
    if not cells or Hidden.TOO_FEW in cells:
        return EqualityTable(question.text, None)
    base = sum(counts.get(option.id, 0) for option in question.options)
    rows = [(option.label, _number(cell)) for option, cell in zip(question.options, cells, strict=True)]
    return EqualityTable(question.text, _rounded(base), tuple(rows))


def _number(cell: Shown) -> Number:
    return Number(None, hidden=cell.value) if isinstance(cell, Hidden) else Number(_rounded(cell))


def _rounded(count: int) -> int:
    return ROUNDED_TO * round(count / ROUNDED_TO)
