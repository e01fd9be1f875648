from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.counting.standing import Standing
from app.enums import AnswerState, RespondentKind, Stance
from app.officer.forms import comment_list, response_list
from app.officer.forms.asked import address

ANYTHING = st.dictionaries(
    st.sampled_from([*response_list.NAMES, *comment_list.NAMES, "included", "nonsense"]), st.text()
)


@given(arguments=ANYTHING, page=st.one_of(st.none(), st.text()))
def test_no_address_is_an_error(arguments: dict[str, str], page: str | None) -> None:
    response_list.asked(response_list.filters(arguments), page=page)
    comment_list.asked(
        comment_list.filters(arguments),
        place=comment_list.place({"after": page or "", "before": page or "", "at": page or ""}),
    )


@given(arguments=ANYTHING)
def test_the_same_list_has_the_same_address_whatever_the_order(arguments: dict[str, str]) -> None:
    turned = dict(reversed(arguments.items()))

    assert address("/list", response_list.filters(arguments)) == address(
        "/list", response_list.filters(turned)
    )


def test_a_list_of_responses_reads_every_filter_of_a_number() -> None:
    pairs = response_list.filters(
        {
            "kind": "organisation",
            "day": "2026-06-10",
            "option": "mayor:agree",
            "answered": "mayor:not_asked",
            "theme": "PLA03",
            "stance": "concern",
        }
    )
    counted = response_list.asked(pairs).counted

    assert counted.kind is RespondentKind.ORGANISATION
    assert counted.day == date(2026, 6, 10)
    assert counted.chose == ("mayor", "agree")
    assert counted.answered == ("mayor", AnswerState.NOT_ASKED)
    assert counted.comments is not None
    assert (counted.comments.theme, counted.comments.stance) == ("PLA03", Stance.CONCERN)


@pytest.mark.parametrize("arguments", [{}, {"status": "draft"}, {"status": "nonsense"}])
def test_drafts_are_never_a_list(arguments: dict[str, str]) -> None:
    assert response_list.asked(response_list.filters(arguments)).counted.standing is Standing.RECEIVED
