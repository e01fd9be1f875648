"""Late replies against the agreed frame: those that may not fit it say so."""

import uuid

import pytest
from sqlalchemy import select

from app.database import session, transaction
from app.enums import ExclusionReason
from app.models import Comment, Exclusion, Job, SignOff, ThemingRun
from app.themes.queries.run_inputs import read_inputs
from app.themes.services.ask_to_learn import LEARNING
from tests.factories.coding import a_suggestion
from tests.factories.comment import a_comment
from tests.factories.response import a_response
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

MARK = "May not fit the frame"


@pytest.fixture
def late(suggested: World) -> list[uuid.UUID]:
    """AB-1 has a comment that fits and one that does not; nothing has read AB-2."""
    with transaction():
        here, theme = again(suggested.consultation), again(suggested.buses)
        run = session.scalars(select(ThemingRun)).one()
        made: list[Comment] = []
        for reference, text, chance in (
            ("AB-1", "A bus on Sundays", 0.82), ("AB-1", "Bees need wild flowers", 0.12),
            ("AB-2", "Otters", None),
        ):  # fmt: skip
            response = next(
                (one.response for one in made if one.response.reference == reference), None
            ) or a_response(here, reference=reference, late=True)
            comment = a_comment(response, text, question_id=suggested.question.id)
            made.append(comment)
            if chance is not None:
                a_suggestion(run, comment, theme, probability=chance, assigned=chance > 0.5)
        for response_id in {one.response_id for one in made}:
            session.add(Exclusion(response_id=response_id, reason=ExclusionReason.LATE_UNDECIDED))
        session.flush()
        return [one.id for one in made]


def sign_off(world: World) -> None:
    with transaction():
        session.add(SignOff(consultation_id=world.consultation.id, officer_id=world.lead.id))


def test_before_the_frame_is_agreed_nothing_is_marked(lead: AuditedClient, late: list[uuid.UUID]) -> None:
    assert MARK not in words(lead.page(f"{HERE}/clean/late"))


def test_after_sign_off_the_queue_the_decision_and_the_reading_screen_say_it(
    lead: AuditedClient, world: World, late: list[uuid.UUID]
) -> None:
    sign_off(world)
    tab = words(lead.page(f"{HERE}/clean/late"))
    assert f"AB-1 Not decided {MARK} 1 comment of 2" in tab
    assert "AB-2 Not decided Not read by the software yet" in tab
    assert "1 comment of 2 may not fit the frame" in words(lead.page(f"{HERE}/clean/late/AB-1"))

    lead.submit(f"{HERE}/clean/late/AB-1", decision="count")

    fits, other, _ = late
    assert MARK not in words(lead.page(f"{HERE}/code/late/{fits}"))
    assert MARK in words(lead.page(f"{HERE}/code/late/{other}"))


def test_the_software_reads_late_replies_without_counting_them(
    lead: AuditedClient, world: World, late: list[uuid.UUID]
) -> None:
    sign_off(world)
    ids = set(late)

    lead.submit(f"{HERE}/clean/late")

    assert session.scalars(select(Job.kind)).all() == [LEARNING]
    assert ids <= {one.id for one in read_inputs(world.consultation.id, and_late=True).comments}
    assert not ids & {one.id for one in read_inputs(world.consultation.id).comments}
