"""The rows of the theme table and of the coding frame."""

import uuid
from collections.abc import Iterator

from app.counting.comments import comments_by_question, people_who_commented
from app.counting.themes import ThemeCount, theme_counts_and_by_question
from app.models import Theme
from app.reporting.files.writing import Cell, Row
from app.reporting.suppression import SMALLEST_SHOWN, Hidden, Shown, hide_in_list
from app.themes.queries.frame import all_themes, in_tree_order

HIDDEN = {Hidden.SMALL: f"fewer than {SMALLEST_SHOWN}", Hidden.WITH: "hidden", Hidden.TOO_FEW: "hidden"}


def theme_rows(consultation_id: uuid.UUID) -> Iterator[list[Row]]:
    """All questions together, then each by itself. How many of a theme are individuals stands only in the
    first: the same for each question would give hidden ones away."""
    base = people_who_commented(consultation_id).commented
    every, by_question = theme_counts_and_by_question(consultation_id)
    yield [_theme("all", row, base, by_kind=True) for row in every]
    asked = comments_by_question(consultation_id)
    for question, rows in sorted(by_question.items(), key=lambda item: item[0] or ""):
        commented = asked[question].people.commented if question in asked else 0
        yield [_theme(question or "other", row, commented, by_kind=False) for row in rows if row.comments]


def _theme(question: str, row: ThemeCount, base: int, *, by_kind: bool) -> Row:
    kinds = hide_in_list([row.individuals, row.organisations]).cells if by_kind else ()
    individuals, organisations = [_number(cell) for cell in kinds] or ["", ""]
    return [
        question,
        row.code,
        row.label,
        "net" if row.is_net else "theme",
        row.net or "",
        row.respondents,
        round(100 * row.respondents / base, 1) if base else 0,
        row.comments,
        *row.stances.values(),
        individuals,
        organisations,
        row.respondents_without_campaigns,
        row.comments_without_campaigns,
        row.comments_read_singly,
        row.comments_in_bulk,
        "yes" if row.retired else "",
    ]


def _number(cell: Shown) -> Cell:
    return HIDDEN[cell] if isinstance(cell, Hidden) else cell


def frame_rows(consultation_id: uuid.UUID) -> Iterator[list[Row]]:
    themes = in_tree_order(all_themes(consultation_id))
    codes = {theme.id: theme.code for theme in themes}
    yield [_frame(theme, codes) for theme in themes]


def _frame(theme: Theme, codes: dict[uuid.UUID, str]) -> Row:
    return [
        theme.code,
        "net" if theme.is_net else "theme",
        codes.get(theme.parent_id, "") if theme.parent_id else "",
        theme.label,
        theme.definition,
        theme.include,
        theme.exclude,
        theme.example,
        theme.support_means,
        "; ".join(str(word) for word in theme.cue_words),
        codes.get(theme.merged_into_id, "") if theme.merged_into_id else "",
        "yes" if theme.retired_at else "",
    ]
