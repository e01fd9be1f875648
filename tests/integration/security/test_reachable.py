"""Every page of the URL table opens for somebody who may open everything."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session, transaction
from app.enums import BatchKind, CleaningKind, FlagSource, FrameOperationKind, RunState
from app.models import (
    Campaign,
    CleaningItem,
    CodingBatch,
    Consultation,
    Flag,
    FrameOperation,
    Response,
    Theme,
    ThemingRun,
)
from tests.integration.security.requests import Asker, ask, cases
from tests.integration.security.world import EVERYTHING, World
from tests.support.sign_in import csrf_token_of

pytestmark = pytest.mark.both_databases
# What an address alone does not open, and where it is tested.
TESTED_ELSEWHERE = {
    "public.continue_link": "needs a link that was given out: public/test_coming_back",
    "public.draft_changes": "needs a second version of the document: public/test_changes",
    "public.contribute_link": "needs a link that was given out: public/test_colleagues",
    "public.invite": "needs a reply for an organisation: public/test_colleagues",
    "public.colleagues": "needs a reply for an organisation: public/test_colleagues",
    "public.letter": "needs a reply in one piece, not in parts: public/test_replying",
    "officer.set_up": "needs a link that was given out: accounts/test_people",
    "officer.bulk_start": "needs the form of a theme's page: themes",
    "officer.letter": "needs a letter in one piece: cleaning/test_letters",
    "officer.frame_version": "needs a change of the frame: themes/test_frame_pages",
    "officer.export": "needs a file that was made: exchange",
    "officer.import_": "needs a file that was uploaded: exchange",
    "officer.frame_reuse": "needs another consultation that the officer reads: themes/test_frame_import",
    "officer.agreement_sample": "needs a sample that was drawn: exchange",
    "officer.second_reading": "needs a sample that was drawn: exchange",
    "officer.second_comment": "needs a sample that was drawn: exchange",
    "officer.report_release": "needs a frozen release: reporting",
    "officer.report_publish": "needs a frozen release: reporting",
    "officer.report_withdraw": "needs a published release: reporting",
}


@pytest.fixture(scope="module")
def full(world: World) -> World:
    """With a run, a bulk decision and an officer to open."""
    with transaction():
        here = session.scalars(select(Consultation).where(Consultation.slug == world.values["slug"])).one()
        run = ThemingRun(
            consultation_id=here.id,
            number=1,
            state=RunState.COMPLETE,
            engine_version="1",
            completed_at=world.clock.now(),
        )
        batch = CodingBatch(
            consultation_id=here.id,
            kind=BatchKind.ACCEPT_SUGGESTIONS,
            theme_id=session.scalars(select(Theme.id).where(Theme.code == world.values["code"])).one(),
            officer_id=world.officers[EVERYTHING],
        )
        flag = Flag(comment_id=world.values["comment_id"], code="ZZ11", source=FlagSource.MACHINE)
        step = FrameOperation(consultation_id=here.id, kind=FrameOperationKind.EDIT, details={"name": "T01"})
        sent = session.scalars(select(Response.id).where(Response.consultation_id == here.id).limit(2)).all()
        item = CleaningItem(
            consultation_id=here.id, kind=CleaningKind.DUPLICATE, other_id=sent[0], response_id=sent[1]
        )
        campaign = Campaign(consultation_id=here.id, name="Campaign A", template="A bus, please.")
        session.add_all([run, batch, flag, step, item, campaign])
        session.flush()
        world.values |= {"number": run.number, "change_id": batch.id, "operation_id": step.id}
        world.values |= {"item_id": item.id, "campaign_id": campaign.id}
    world.values |= {"officer_id": world.officers["viewer"], "action": "accept"}
    return world


def respondent(world: World) -> FlaskClient:
    """Somebody who has begun a reply in this browser."""
    client, start = world.visitor(), f"/c/{world.values['slug']}/reply/start"
    begun = client.post(start, data={"csrf_token": csrf_token_of(client, start), "kind": "individual"})
    assert begun.status_code == 303, begun.text
    return client


def unreachable(world: World) -> dict[str, int]:
    asker, client = Asker(world, EVERYTHING), respondent(world)
    found = {}
    for case in cases(world.app):
        if not case.unsafe:
            officers = case.rule.endpoint.startswith("officer.")
            answer = asker.ask(case) if officers else ask(world, client, case, token=None)
            if answer.status_code not in (200, 302, 303):
                found[case.rule.endpoint] = answer.status_code
    return found


def test_every_part_of_an_address_has_a_value_to_ask_with(full: World) -> None:
    parts = {part for case in cases(full.app) for part in case.rule.arguments}

    assert parts - set(full.values) == set(), "give the new part a value in `values_here` or `full`"


def test_every_page_opens(full: World) -> None:
    assert {
        endpoint: status for endpoint, status in unreachable(full).items() if endpoint not in TESTED_ELSEWHERE
    } == {}


def test_no_page_is_excused_that_is_not_there(full: World) -> None:
    assert set(TESTED_ELSEWHERE) <= set(full.app.view_functions)


def test_a_page_that_does_not_open_would_be_found(full: World) -> None:
    good = full.values["reference"]
    full.values["reference"] = "no-such-response"
    try:
        found = unreachable(full)
    finally:
        full.values["reference"] = good

    assert found["officer.response"] == 404
