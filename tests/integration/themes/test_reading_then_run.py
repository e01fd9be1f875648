"""An officer codes thirty comments on the reading screen, and the software goes over all of them again."""

from typing import Any

from app.database import session, transaction
from app.enums import RunState
from app.jobs.runner import Runner
from app.models import ThemingRun
from app.themes.services.start_run import start_run
from tests.factories.coding import a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again
from tests.integration.themes.pages import HERE, codings
from tests.integration.themes.reading import press, start
from tests.integration.themes.runs import decided
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

SAID = ("There is no bus to {} after six.", "Homes in {} cost more than we earn.", "No mayor for {}, please.")
CODED = 30


def more_comments(world: World) -> None:
    with transaction():
        here, question = again(world.consultation), again(world.question)
        run = session.get_one(ThemingRun, here.current_run_id)
        themes = (world.buses, world.homes, world.mayor)
        for number in range(10, 50):
            text = SAID[number % 3].format(f"village {number}")
            comment = a_comment_of(here, question, text, number)
            a_suggestion(run, comment, themes[number % 3])


def read_and_code(client: AuditedClient) -> None:
    """Each by its first suggestion, now and then with another stance; no point made where there is none."""
    address = start(client)
    for number in range(CODED):
        offer = client.page(address).select_one("input[name=tick]")
        sent: dict[str, Any] = {"tick": offer["value"]} if offer else {}
        if offer and number % 4 == 0:
            sent[f"stance-{offer['value']}"] = "suggestion"
        answer = press(client, address, "save" if offer else "no_point", **sent)
        assert answer.status_code == 303
        address = str(answer.location)


def test_not_one_coding_differs_after_a_run(
    analyst: AuditedClient, suggested: World, runner: Runner, clock: SettableClock
) -> None:
    more_comments(suggested)
    read_and_code(analyst)
    session.rollback()
    before, themes = decided(), codings()
    assert len({one for one, _, _ in before["outcomes"]}) == CODED

    with transaction():
        run = start_run(again(suggested.consultation), actor=suggested.actor, now=clock.now())
        run_id = run.id
    runner.run_all()
    session.rollback()

    assert session.get_one(ThemingRun, run_id).state is RunState.COMPLETE
    assert decided() == before
    assert codings() == themes
    assert analyst.page(f"{HERE}/code")
