"""The frame and a theme ask the database as often for many comments, suggestions and codings as for few."""

from typing import Any

import pytest

from app.database import session, transaction
from app.enums import Stance
from app.models import ThemingRun
from tests.factories.coding import a_coding, a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again
from tests.integration.themes.pages import HERE
from tests.support.audited_client import AuditedClient
from tests.support.queries import counted


@pytest.mark.parametrize(
    "page",
    [
        f"{HERE}/frame", f"{HERE}/frame/themes/PLA03", f"{HERE}/frame/proposals", f"{HERE}/compare",
        f"{HERE}/compare?by=area",
    ],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow_with_the_data(
    analyst: AuditedClient, suggested: World, engine: Any, page: str
) -> None:
    def more(first: int, last: int) -> None:
        with transaction():
            here = again(suggested.consultation)
            run = session.get_one(ThemingRun, here.current_run_id)
            for number in range(first, last):
                comment = a_comment_of(here, again(suggested.question), f"Buses, number {number}.", number)
                a_suggestion(run, comment, again(suggested.homes))
                a_coding(comment, again(suggested.buses), again(suggested.officer), stance=Stance.CONCERN)

    more(10, 11)
    analyst.page(page)
    with counted(engine) as few:
        analyst.page(page)
    more(20, 40)
    with counted(engine) as many:
        analyst.page(page)

    assert len(many) <= len(few)
