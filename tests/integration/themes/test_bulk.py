import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, Stance
from app.models import AuditEvent, Coding, CodingBatch, Disposition, SuggestionDecision
from app.themes.queries.bulk import preview
from app.themes.queries.changes import Change, change_of, changes
from app.themes.queries.suggestions import Band
from app.themes.refusals import ChangedByOthers, NotYours, SelectionChanged
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from app.themes.services.decide import accept_suggestion, dismiss_suggestion
from app.themes.services.decide_in_bulk import accept_in_bulk, dismiss_in_bulk
from app.themes.services.undo_batch import undo_batch
from tests.factories.coding import a_run, a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again

Write = Callable[..., Any]
LIKELY = Band(least=0.7)


@pytest.fixture
def crowd(world: World, written: Write) -> World:
    """Sixty comments, each with suggestions for two themes, and officers who have begun here and there."""
    drawn = random.Random(7)
    with transaction():
        consultation = again(world.consultation)
        question = again(world.question)
        world.comments = [
            a_comment_of(consultation, question, f"Buses and homes, number {n}", n) for n in range(10, 70)
        ]
        run = a_run(consultation)
        suggestions = [
            a_suggestion(run, comment, theme, probability=round(drawn.random(), 3), end=5)
            for comment in world.comments
            for theme in (world.buses, world.homes)
        ]
    for comment in drawn.sample(world.comments, 8):
        written(
            add_coding, comment.id, theme_id=drawn.choice([world.buses, world.homes]).id,
            stance=Stance.SUPPORT, actor=world.actor,
        )  # fmt: skip
    for one in drawn.sample(suggestions, 6):
        written(drawn.choice([accept_suggestion, dismiss_suggestion]), one.id, actor=world.actor)
    coded = set(session.scalars(select(Coding.comment_id)))
    for comment in [one for one in world.comments if one.id not in coded][:3]:
        written(set_disposition, comment.id, value=DispositionValue.NO_POINT, actor=world.actor)
    return world


def decided() -> dict[str, set[Any]]:
    """Everything that officers decided, as it stands."""
    standing = select(Coding).where(Coding.removed_at.is_(None))
    return {
        "codings": {
            (row.id, row.comment_id, row.stance, row.officer_id) for row in session.scalars(standing)
        },
        "decisions": {
            (row.comment_id, row.theme_id, row.decision)
            for row in session.scalars(select(SuggestionDecision))
        },
        "outcomes": {
            (row.comment_id, row.value, row.officer_id) for row in session.scalars(select(Disposition))
        },
    }


def bulk(world: World, written: Write, service: Callable[..., Any], **given: Any) -> CodingBatch:
    shown = preview(world.consultation.id, theme="PLA03", band=LIKELY)
    values = {"band": LIKELY, "digest": shown.digest, "left_out": set(), **given}
    batch: CodingBatch = written(service, world.buses, actor=actors.officer(world.lead.id), **values)
    return batch


def undo(world: World, written: Write, batch: CodingBatch, **given: Any) -> None:
    values = {"actor": actors.officer(world.lead.id), "everyones": True, **given}
    written(undo_batch, batch.id, consultation_id=world.consultation.id, **values)


def test_a_bulk_acceptance_adds_exactly_what_its_preview_said(crowd: World, written: Write) -> None:
    before = decided()
    shown = preview(crowd.consultation.id, theme="PLA03", band=LIKELY)
    out = shown.least[0]
    batch = bulk(crowd, written, accept_in_bulk, left_out={out.id})
    after = decided()
    fresh = session.scalars(select(Coding).where(Coding.batch_id == batch.id)).all()

    assert shown.count > 5
    assert batch.size == len(fresh) == len(after["codings"]) - len(before["codings"]) == shown.count - 1
    assert out.comment_id not in {coding.comment_id for coding in fresh}
    assert {coding.source for coding in fresh} == {CodingSource.BULK}
    assert before["codings"] < after["codings"]
    assert (
        session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.action == "accepted in bulk")) == 1
    )
    assert preview(crowd.consultation.id, theme="PLA03", band=LIKELY).count == 1


def test_the_examples_of_a_preview_are_the_same_each_time(crowd: World) -> None:
    first, second = (preview(crowd.consultation.id, theme="PLA03", band=Band()) for _ in range(2))

    assert [one.id for one in first.drawn] == [one.id for one in second.drawn]
    assert len(first.least) == 5
    assert max(one.probability for one in first.least) <= min(one.probability for one in first.drawn)


@pytest.mark.parametrize("service", [accept_in_bulk, dismiss_in_bulk])
def test_undo_restores_exactly_what_was_there(
    crowd: World, written: Write, service: Callable[..., Any]
) -> None:
    before = decided()
    batch = bulk(crowd, written, service)
    assert decided() != before

    undo(crowd, written, batch)
    undo(crowd, written, batch)

    assert decided() == before
    assert session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.action == "undid")) == 1


def test_undo_keeps_what_others_added_to_the_same_comments_since(crowd: World, written: Write) -> None:
    before = decided()
    batch = bulk(crowd, written, accept_in_bulk)
    comment = session.scalars(select(Coding.comment_id).where(Coding.batch_id == batch.id).limit(1)).one()
    added = written(
        add_coding,
        comment,
        theme_id=crowd.mayor.id,
        stance=Stance.CONCERN,
        actor=actors.officer(crowd.other.id),
    )
    undo(crowd, written, batch)
    after = decided()

    assert {row[0] for row in after["codings"]} - {row[0] for row in before["codings"]} == {added.id}
    assert (
        session.scalars(select(Disposition.value).where(Disposition.comment_id == comment)).one() == "coded"
    )


def test_undo_is_refused_when_another_officer_changed_one_of_its_codings(
    crowd: World, written: Write
) -> None:
    batch = bulk(crowd, written, accept_in_bulk)
    coding = session.scalars(select(Coding).where(Coding.batch_id == batch.id).limit(1)).one()
    written(remove_coding, coding.id, actor=actors.officer(crowd.other.id))
    after = decided()

    with pytest.raises(ChangedByOthers):
        undo(crowd, written, batch)
    assert decided() == after


def test_an_analyst_does_not_undo_what_a_lead_did(crowd: World, written: Write) -> None:
    batch = bulk(crowd, written, accept_in_bulk)
    with pytest.raises(NotYours):
        undo(crowd, written, batch, actor=crowd.actor, everyones=False)


def test_a_list_that_changed_since_it_was_shown_is_not_applied(crowd: World, written: Write) -> None:
    shown = preview(crowd.consultation.id, theme="PLA03", band=LIKELY)
    written(dismiss_suggestion, shown.drawn[0].id, actor=crowd.actor)
    before = decided()

    with pytest.raises(SelectionChanged):
        bulk(crowd, written, accept_in_bulk, digest=shown.digest)
    assert decided() == before


def test_changes_list_ones_own_and_for_a_lead_everyones(crowd: World, written: Write) -> None:
    batch = bulk(crowd, written, accept_in_bulk)
    mine, _ = changes(crowd.consultation.id, officer_id=crowd.officer.id, page=1, size=50)
    everyones, count = changes(crowd.consultation.id, officer_id=None, page=1, size=50)

    assert (list(mine), count) == ([], 1)
    assert isinstance(everyones[0], Change)
    assert everyones[0].size == batch.size
    found = change_of(crowd.consultation.id, batch.id)
    assert found is not None
    assert (found.code, found.officer, found.undone_at) == ("PLA03", "Lea", None)
