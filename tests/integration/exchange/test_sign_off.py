from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.database import session, transaction
from app.enums import DispositionValue, Stage, Stance
from app.models import AuditEvent, Coding, Consultation, FrameVersion, Response, SignOff
from app.reporting.services.freeze import coding_signed_off
from app.themes.refusals import CodingSignedOff
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from tests.integration.exchange.conftest import HERE, Write
from tests.integration.themes.conftest import World, again
from tests.support.audited_client import AuditedClient

SIGN_OFF = f"{HERE}/sign-off"


def words(client: AuditedClient) -> str:
    return " ".join(client.page(SIGN_OFF).get_text(" ").split())


@pytest.fixture
def closed(coded: World) -> World:
    with transaction():
        here = again(coded.consultation)
        here.stage, here.closes_at = Stage.CLOSED, here.opens_at + timedelta(days=1)
    return coded


@pytest.fixture
def through(closed: World, written: Write) -> World:
    """Every comment is decided."""
    for number in (0, 3, 4, 5):
        written(
            set_disposition, closed.comments[number].id, value=DispositionValue.NO_POINT, actor=closed.actor
        )
    return closed


@pytest.fixture
def signed(through: World, lead: AuditedClient) -> World:
    assert lead.submit(f"{SIGN_OFF}").status_code == 303
    session.rollback()
    return through


def test_the_page_says_what_stands_in_the_way_with_a_link(closed: World, lead: AuditedClient) -> None:
    page = lead.page(SIGN_OFF)

    assert "Needed 4 comments not decided" in words(lead)
    assert page.select_one("main a[href*='disposition=undecided']") is not None
    assert page.select_one("main form") is None


def test_it_is_refused_while_a_comment_is_undecided(closed: World, lead: AuditedClient) -> None:
    token = lead.page(f"{HERE}/agreement").select_one("input[name=csrf_token]")
    assert token is not None
    answer = lead.post(SIGN_OFF, data={"csrf_token": str(token["value"])})

    assert answer.status_code == 422
    assert "The coding cannot be signed off yet: 4 comments not decided." in answer.text
    assert session.scalar(select(SignOff.id)) is None


def test_signing_off_keeps_the_frame_and_the_figures(signed: World, lead: AuditedClient) -> None:
    row = session.scalars(select(SignOff)).one()
    version = session.scalars(select(FrameVersion).where(FrameVersion.id == row.frame_version_id)).one()

    assert (row.officer_id, row.figures["comments"], row.figures["undecided"]) == (signed.lead.id, 6, 0)
    assert row.figures["themes"]["PLA07"] == [2, 2]
    assert {theme["code"] for theme in version.snapshot["themes"]} >= {"PLA", "PLA03", "PLA07", "GOV02"}
    assert coding_signed_off(again(signed.consultation))
    assert "Signed off by Lea" in words(lead)


def codings_changed(world: World, written: Write) -> list[Any]:
    standing = session.scalars(select(Coding).where(Coding.comment_id == world.comments[1].id)).first()
    assert standing is not None
    coding_id = standing.id
    session.rollback()
    return [
        lambda: written(
            add_coding, world.comments[1].id, theme_id=world.mayor.id, stance=Stance.CONCERN,
            actor=world.actor,
        ),
        lambda: written(remove_coding, coding_id, actor=world.actor),
        lambda: written(
            set_disposition, world.comments[0].id, value=DispositionValue.UNCLEAR, actor=world.actor
        ),
    ]  # fmt: skip


def test_nothing_that_counts_can_be_changed_after_it(signed: World, written: Write) -> None:
    for change in codings_changed(signed, written):
        with pytest.raises(CodingSignedOff):
            change()


def test_the_page_of_a_comment_says_so(signed: World, analyst: AuditedClient) -> None:
    page = analyst.page(f"{HERE}/comments/{signed.comments[1].id}")

    assert "The coding is signed off" in page.get_text()


def test_a_late_response_is_still_coded(signed: World, written: Write) -> None:
    with transaction():
        session.execute(
            update(Response).where(Response.id == signed.comments[1].response_id).values(late=True)
        )
    written(
        add_coding, signed.comments[1].id, theme_id=signed.mayor.id, stance=Stance.CONCERN, actor=signed.actor
    )


def test_reopening_asks_for_a_reason_and_is_recorded(
    signed: World, lead: AuditedClient, written: Write
) -> None:
    reopen = f"{SIGN_OFF}/reopen"
    assert lead.submit(reopen, SIGN_OFF, reason=" ").status_code == 422
    assert lead.submit(reopen, SIGN_OFF, reason="A box of letters was found.").status_code == 303

    session.rollback()
    row = session.scalars(select(SignOff)).one()
    assert (row.reopened_by_id, row.reopened_reason) == (signed.lead.id, "A box of letters was found.")
    assert "Lea reopened it" in words(lead)
    assert session.get_one(Consultation, signed.consultation.id).stage is Stage.CLOSED
    moves = session.scalars(select(AuditEvent).where(AuditEvent.action == "moved").order_by(AuditEvent.id))
    assert [one.details["to"] for one in moves] == ["signed_off", "closed"]
    for change in codings_changed(signed, written):
        change()


def test_an_analyst_reads_the_page_and_signs_nothing(through: World, analyst: AuditedClient) -> None:
    assert analyst.page(SIGN_OFF).select_one("main form") is None
    token = analyst.page(f"{HERE}/imports").select_one("input[name=csrf_token]")
    assert token is not None
    assert analyst.post(SIGN_OFF, data={"csrf_token": str(token["value"])}).status_code == 403
