"""Themes by who raised them: each number is the length of its list, small ones are hidden as elsewhere."""

from collections import Counter
from typing import Any

import pytest

from app.counting import behind
from app.counting.behind import NOT_GIVEN, CommentFilter, ResponseFilter
from app.counting.comments import people_who_commented
from app.counting.cross_tab import Groups, Raised, Trait, raised_by_answer, raised_by_trait
from app.counting.standing import Standing
from app.counting.themes import theme_counts
from app.enums import RespondentKind, Role
from app.reporting.queries import cross_tab
from app.reporting.queries.cross_tab import themes_by
from app.reporting.queries.spread import theme_spread
from app.reporting.suppression import Hidden
from app.responses.queries.choices import words
from tests.integration.reporting.conftest import Desk
from tests.support.mixture import Mixture

COMPARE = "/officer/c/a-bid/compare"


def listed(here: Mixture, code: str, **narrowed: Any) -> int:
    themed = CommentFilter(theme=code)
    chosen = ResponseFilter(standing=Standing.INCLUDED, petition=False, comments=themed, **narrowed)
    return len(behind.ids(behind.responses_behind(here.consultation.id, chosen)))


def test_each_number_is_the_length_of_the_list_that_it_opens(mixed: Mixture) -> None:
    one = mixed.consultation.id
    people = {row.code: row.respondents for row in theme_counts(one)}
    areas, types = raised_by_trait(one, Trait.AREA), raised_by_trait(one, Trait.TYPE)
    assert areas.themes
    assert sum(areas.everyone.values()) == people_who_commented(one).commented
    for code, found in areas.themes.items():
        assert sum(found.values()) == people[code]
        for (area,), count in found.items():
            assert count == listed(mixed, code, area=area or NOT_GIVEN)
    for code, found in types.themes.items():
        for (kind, type_), count in found.items():
            asked = {"kind": RespondentKind(kind or "")}
            if kind == RespondentKind.ORGANISATION:
                assert count == listed(mixed, code, **asked, organisation_type=type_ or NOT_GIVEN)
            else:
                assert count == listed(mixed, code, **asked)


def test_by_an_answer_the_options_are_their_lists_and_everybody_is_in_one_column(mixed: Mixture) -> None:
    one = mixed.consultation.id
    people = {row.code: row.respondents for row in theme_counts(one)}
    question = next(question for question in mixed.closed if themes_by(one, question.key, words=words(one)))

    found = raised_by_answer(one, question.id)

    assert found.themes
    for code, groups in found.themes.items():
        assert sum(groups.values()) == people[code]
        for (option, _), count in groups.items():
            if option:
                assert count == listed(mixed, code, chose=(question.key, option))


@pytest.mark.parametrize("trait", list(Trait))
def test_what_is_hidden_is_what_the_page_of_the_theme_hides(mixed: Mixture, trait: Trait) -> None:
    """Two pages that hide different numbers would give both away."""
    one, labels = mixed.consultation.id, words(mixed.consultation.id)
    table = themes_by(one, trait, words=labels)
    assert table is not None
    for row in table.rows:
        by_area, by_type = theme_spread(one, row.code, words=labels)
        shown = {
            line.label: line.count
            for line in (by_area if trait is Trait.AREA else by_type).rows
            if not line.indent
        }
        mine = {column.label: cell.count for column, cell in zip(table.columns, row.cells, strict=True)}
        if shown:
            assert {label: count for label, count in mine.items() if label in shown} == shown
            assert not any(count for label, count in mine.items() if label not in shown)


def test_a_column_that_is_hidden_does_not_stand_where_its_size_would_put_it(
    mixed: Mixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside one of five that is shown, the other would be five, and the small one what is left."""
    sizes: Groups = Counter({("Aa",): 3, ("Bb",): 5, ("Cc",): 5, ("Dd",): 50})
    monkeypatch.setattr(cross_tab, "raised_by_trait", lambda *_asked: Raised(sizes, {}))
    table = themes_by(mixed.consultation.id, Trait.AREA, words=words(mixed.consultation.id))

    assert table is not None
    hidden = [isinstance(column.base, Hidden) for column in table.columns]
    assert hidden == [False, False, True, True]
    labels = [column.label for column in table.columns]
    assert labels[2:] == sorted(labels[2:])


def test_a_row_that_cannot_be_protected_shows_no_nought_either(
    mixed: Mixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a theme's three respondents are in one area: noughts in all others would say so."""
    sizes: Groups = Counter({("Aa",): 30, ("Bb",): 40})
    few: Groups = Counter({("Aa",): 3})
    monkeypatch.setattr(cross_tab, "raised_by_trait", lambda *_asked: Raised(sizes, {"PLA03": few}))
    table = themes_by(mixed.consultation.id, Trait.AREA, words=words(mixed.consultation.id))

    assert table is not None
    assert [cell.count for row in table.rows for cell in row.cells] == [Hidden.TOO_FEW] * 2


def test_the_page_says_who_raised_what_and_opens_no_list_of_a_hidden_number(
    desk: Desk, mixed: Mixture
) -> None:
    analyst = desk.officer(Role.ANALYST)
    asked = [str(option["value"]) for option in analyst.page(COMPARE).select("#by option")]
    assert len(asked) > len(Trait)
    for by in ("", *(f"?by={one}" for one in asked)):
        page = analyst.page(f"{COMPARE}{by}")
        assert "Petitions are left out" in page.get_text()
        for cell in page.select("main tbody td"):
            hidden = "fewer than 5" in cell.get_text() or "not shown" in cell.get_text()
            assert not (hidden and cell.select("a"))
    assert analyst.get(f"{COMPARE}?by=nothing").status_code == 404
    assert desk.officer(Role.VIEWER).get(COMPARE).status_code == 403
