"""Words that are hidden, and responses that are erased, while a run is under way."""

from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import session, transaction
from app.jobs.runner import Runner
from app.models import (
    Comment,
    Flag,
    Proposal,
    ProposalMember,
    Redaction,
    Response,
    Suggestion,
)
from app.responses.services.erase import erase_rows
from app.themes.services import run_theming, run_triage
from tests.integration.themes.conftest import World
from tests.integration.themes.runs import Write, a_run_of


def test_words_hidden_while_a_run_is_under_way_are_in_no_cue_and_no_label(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    real = getattr(run_theming, "discover_themes")  # noqa: B009

    def hide_meanwhile(*given: Any, **more: Any) -> Any:
        proposals = real(*given, **more)
        with transaction():
            for comment in session.scalars(select(Comment)):
                comment.hidden = [[0, len(comment.text), "[name removed]"]]
                comment.redacted_text = "[name removed]"
        found.extend(proposals[0].label.split())
        return proposals

    monkeypatch.setattr(run_theming, "discover_themes", hide_meanwhile)

    run = a_run_of(world, written, runner)

    reasons = session.scalars(select(Suggestion.reason).where(Suggestion.run_id == run.id)).all()
    assert reasons
    assert {cue for reason in reasons for cue in reason["cues"]} == set()
    labels = session.scalars(select(Proposal.label).where(Proposal.run_id == run.id)).all()
    assert found
    assert set(labels) == {"Proposal without a name"}
    assert not any(session.scalars(select(Proposal.terms).where(Proposal.run_id == run.id)))


def test_a_response_erased_while_a_run_is_under_way_leaves_no_word_in_it(
    world: World, written: Write, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erased while campaigns are looked for, and more of them while themes are."""
    erased, named = list[Any](), set[str]()

    def erasing_after(module: ModuleType, name: str, responses: slice) -> None:
        real = getattr(module, name)

        def erase_meanwhile(*given: Any, **more: Any) -> Any:
            found = real(*given, **more)
            with transaction():
                ids = session.scalars(select(Response.id).order_by(Response.id)).all()[responses]
                erased.extend(key for one in ids for key in erase_rows(one, now=runner._clock.now()))
            if name == "discover_themes":
                named.update(word for one in found for word in one.label.split())
            return found

        monkeypatch.setattr(module, name, erase_meanwhile)

    erasing_after(run_triage, "near_identical", slice(1))
    erasing_after(run_theming, "discover_themes", slice(1, None))

    run = a_run_of(world, written, runner)

    assert named
    assert set(session.scalars(select(Proposal.label).where(Proposal.run_id == run.id))) == {
        "Proposal without a name"
    }
    assert not any(session.scalars(select(Proposal.terms).where(Proposal.run_id == run.id)))
    for table in (ProposalMember, Suggestion, Flag, Redaction):
        mine = select(func.count(table.id)).where(table.comment_id.in_(erased))
        assert session.scalar(mine) == 0
    assert run.figures["changed"] is None
