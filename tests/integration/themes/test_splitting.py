"""A split of a theme with more codings than a page holds, sorted in several goes."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import session, transaction
from app.models import Coding, SortedCoding, Theme
from app.responses.queries.pages import A_PAGE
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.response import a_response
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

SPLIT = f"{HERE}/frame/themes/PLA03/split"
ASKED = f"{SPLIT}?step=sort&label-0=Sunday+buses&words-0=sunday&page="


@pytest.fixture
def many(suggested: World) -> World:
    """Three more codings than a page holds, of which each tenth speaks of Sunday."""
    with transaction():
        here, officer, theme = again(suggested.consultation), again(suggested.officer), again(suggested.buses)
        for number in range(A_PAGE + 3):
            text = f"No bus{' on a Sunday' if number % 10 == 0 else ''}, says number {number}"
            a_coding(a_comment(a_response(here), text), theme, officer)
    return suggested


def split(client: AuditedClient, page: int, do: str, *, tick: bool) -> str:
    """Sends the page as it stands, with all ticks or with none, and gives where it leads."""
    form = client.page(f"{ASKED}{page}").select("main form")[-1]
    sent = [(str(i["name"]), str(i.get("value", ""))) for i in form.select("input[type=hidden]")]
    if tick:
        sent += [(str(i["name"]), "0") for i in form.select("input[type=checkbox]")]
    fields: dict[str, list[str]] = {}
    for name, value in [*sent, ("do", do)]:
        fields.setdefault(name, []).append(value)
    answer = client.post(SPLIT, data=fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def by_code() -> dict[str, int]:
    session.rollback()
    query = select(Theme.code, func.count()).join(Coding, Coding.theme_id == Theme.id).group_by(Theme.code)
    return {code: count for code, count in session.execute(query)}


def test_what_was_sorted_is_kept_from_page_to_page_and_when_one_leaves(
    lead: AuditedClient, many: World
) -> None:
    first = lead.page(f"{ASKED}1")
    assert f"Codings 1 to {A_PAGE} of {A_PAGE + 3}" in words(first)
    assert len(first.select("main input[type=checkbox][checked]")) == 5

    assert "page=2" in split(lead, 1, "2", tick=False)
    assert split(lead, 2, "leave", tick=True).endswith("/frame")

    assert by_code() == {"PLA03": A_PAGE + 3}
    assert f"PLA03 Buses and rural access , {A_PAGE + 3} codings sorted" in words(lead.page(f"{HERE}/frame"))
    assert "A split of this theme is in progress" in words(lead.page(SPLIT))
    assert not lead.page(f"{ASKED}1").select("main input[type=checkbox][checked]")
    assert len(lead.page(f"{ASKED}2").select("main input[type=checkbox][checked]")) == 3

    split(lead, 1, "finish", tick=False)

    assert by_code() == {"PLA03": A_PAGE, "PLA08": 3}
    assert session.scalar(select(func.count(SortedCoding.id))) == 0


def test_what_was_sorted_into_one_theme_never_goes_to_another_that_is_named_later(
    lead: AuditedClient, many: World
) -> None:
    split(lead, 2, "leave", tick=True)
    (seen,) = lead.page(f"{ASKED}1").select("input[name=seen]")
    given: dict[str, Any] = {"label-0": "Trams", "page": "1", "seen": seen["value"]}

    asked = lead.get(f"{SPLIT}?step=sort&label-0=Trams&words-0=")
    answers = [lead.submit(SPLIT, do=do, **given) for do in ("finish", "leave")]

    for answer in (asked, *answers):
        assert answer.status_code == 422
        assert "This theme is being split already, into “Sunday buses”" in answer.text
    assert "Trams" in asked.text
    assert by_code() == {"PLA03": A_PAGE + 3}
    assert len(lead.page(f"{ASKED}2").select("main input[type=checkbox][checked]")) == 3


def test_a_coding_that_is_gone_meanwhile_does_not_stop_the_sorting(lead: AuditedClient, many: World) -> None:
    gone = "01890000-0000-7000-8000-000000000000"
    split(lead, 1, "leave", tick=False)

    given: dict[str, Any] = {"label-0": "Sunday buses", f"go-{gone}": "0"}
    answer = lead.submit(SPLIT, do="leave", page="1", **given)

    assert answer.status_code == 303


def test_a_theme_that_was_retired_meanwhile_is_not_being_split(lead: AuditedClient, many: World) -> None:
    split(lead, 1, "leave", tick=False)
    assert "Split in progress" in words(lead.page(f"{HERE}/frame"))

    with transaction():
        again(many.buses).retired_at = again(many.consultation).opens_at

    assert "Split in progress" not in words(lead.page(f"{HERE}/frame"))


def test_a_sorting_is_thrown_away_without_moving_anything(lead: AuditedClient, many: World) -> None:
    split(lead, 1, "leave", tick=True)

    lead.submit(SPLIT, do="drop")

    assert "in progress" not in words(lead.page(SPLIT))
    assert by_code() == {"PLA03": A_PAGE + 3}
    told = words(lead.page(f"{HERE}/audit"))
    assert f"Lea threw away what was sorted for a split of PLA03: {A_PAGE} codings" in told
