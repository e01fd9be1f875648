"""A wider proposal is written after those under it, often in a later step of the run."""

import pytest
from sqlalchemy import select

from app.database import session, transaction
from app.enums import RunState
from app.models import Proposal
from app.responses.hidden import hide
from app.responses.services.forget_in_proposals import forget_in_proposals
from app.themes.queries.run_inputs import read_inputs
from app.themes.services.store_run import store_proposals
from app.theming.discovery import proposals as engine
from tests.factories.coding import a_run
from tests.integration.themes.conftest import World, again

NAME, PLACES = "Sunday", "Stations"  # the first only comments 0 and 5 say, the second only comment 5


def found(keys: list[str]) -> list[engine.Proposal]:
    """Two proposals, and the one that holds both, whose only example is of the second."""
    first, second = keys[0], keys[5]
    return [
        engine.Proposal(
            "q-T01", "place", f"{NAME}, bus", (NAME, "bus"), 1, "q-N01", ((first, 1.0),), (first,), ()
        ),
        engine.Proposal(
            "q-T02",
            "place",
            f"{PLACES}, homes",
            (PLACES, "homes"),
            1,
            "q-N01",
            ((second, 1.0),),
            (second,),
            (),
        ),
        engine.Proposal(
            "q-N01", "place", f"{NAME} / {PLACES}", (NAME, PLACES, "bus"), 2, None, (), (second,), ()
        ),
    ]


@pytest.mark.parametrize("when", ["before the first step", "between the steps"])
def test_a_word_hidden_while_proposals_are_written_is_in_no_wider_one(world: World, when: str) -> None:
    with transaction():
        run = a_run(again(world.consultation), number=9)
        run.state = RunState.RUNNING
        run_id = run.id
    inputs = read_inputs(world.consultation.id)
    keys = {one.id: one.given.id for one in inputs.comments}
    *narrow, net = found([keys[one.id] for one in world.comments])

    def hide_it() -> None:
        with transaction():
            comment = again(world.comments[0])
            start = comment.text.index(NAME)
            comment.hidden = [[start, start + len(NAME), "[name removed]"]]
            comment.redacted_text = hide(comment.text, comment.hidden)
            forget_in_proposals([comment.id], [NAME])

    if when == "before the first step":
        hide_it()
    with transaction():
        store_proposals(narrow, run_id=run_id, inputs=inputs)
    if when == "between the steps":
        hide_it()
    with transaction():
        store_proposals([net], run_id=run_id, inputs=inputs)
    labels = dict(
        session.execute(select(Proposal.key, Proposal.label).where(Proposal.run_id == run_id)).all()
    )
    wide = session.scalars(select(Proposal).where(Proposal.run_id == run_id, Proposal.key == "q-N01")).one()

    assert labels == {"q-T01": "bus", "q-T02": "Stations, homes", "q-N01": "Stations"}
    assert wide.terms == ["Stations", "bus"]
