from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.database import session
from app.enums import Role, Stage
from app.models import Consultation
from tests.integration.stages.conftest import SignedIn
from tests.support.audited_client import AuditedClient

STAGE = "/officer/c/a-bid/stage"
LATER = {"closes_day": "14", "closes_month": "7", "closes_year": "2026", "closes_time": "11:59pm"}


def read() -> Consultation:
    session.expire_all()
    return session.scalars(select(Consultation)).one()


def words(client: AuditedClient, address: str = STAGE) -> str:
    return " ".join(client.page(address).get_text(" ").split())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_stages(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role, Stage.OPEN)

    assert client.get(STAGE).status_code == 403
    assert client.post(f"{STAGE}/move/close").status_code in (400, 403)
    assert read().stage is Stage.OPEN


def test_a_consultation_is_tested_opened_and_closed_each_after_a_page_that_asks(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.DRAFT)
    for name, stage in (("test", Stage.TESTING), ("open", Stage.OPEN), ("close", Stage.CLOSED)):
        assert f"{STAGE}/move/{name}" in client.get(STAGE).text
        assert client.submit(f"{STAGE}/move/{name}").status_code == 303
        assert read().stage is stage

    said = words(client)
    assert "moved it from open to closed." in said
    assert "Reopen by extending" in said


def test_closing_says_what_it_does_before_it_is_done(signed_in: SignedIn) -> None:
    said = words(signed_in(Role.ADMINISTRATOR, Stage.OPEN), f"{STAGE}/move/close")

    assert "Nobody can start a response any more." in said
    assert "can still send for 30 minutes" in said
    assert read().stage is Stage.OPEN


def test_a_move_that_is_not_offered_from_here_is_not_there(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.OPEN)

    assert client.get(f"{STAGE}/move/archive").status_code == 404
    assert client.get(f"{STAGE}/move/nonsense").status_code == 404


def test_going_back_without_a_reason_is_refused_beside_the_field(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.TESTING)
    refused = client.submit(f"{STAGE}/move/draft", reason="")

    assert refused.status_code == 422
    assert "Give the reason for going back" in refused.text
    assert read().stage is Stage.TESTING


def test_an_extension_is_in_uk_time_and_in_the_log(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.OPEN)
    assert client.submit(f"{STAGE}/extend", **LATER, reason="A postal strike").status_code == 303

    assert read().closes_at == datetime(2026, 7, 14, 22, 59, tzinfo=UTC)
    said = words(client)
    assert "extended it: from 11:59pm, Tuesday 30 June 2026 to 11:59pm, Tuesday 14 July 2026." in said
    assert "A postal strike" in said


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"closes_day": "31", "closes_month": "6"}, "The closing date must be a real date"),
        ({"closes_time": "soon"}, "The closing time must be like 11:59pm"),
        ({"closes_month": "6", "closes_day": "20"}, "must be later than the one it replaces"),
        ({"closes_year": "2025"}, "must be in the future"),
        ({"reason": " "}, "Give the reason"),
    ],
)
def test_an_extension_that_is_wrong_keeps_what_was_typed(
    signed_in: SignedIn, given: dict[str, str], message: str
) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.OPEN)
    typed = {**LATER, "reason": "A postal strike", **given}
    refused = client.submit(f"{STAGE}/extend", **typed)

    assert refused.status_code == 422
    assert message in refused.text
    assert "There is a problem" in refused.text
    assert f'value="{typed["closes_time"]}"' in refused.text
    assert read().closes_at == datetime(2026, 6, 30, 22, 59, tzinfo=UTC)


def test_both_dates_are_set_before_opening(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR, Stage.DRAFT)
    opening = {"opens_day": "1", "opens_month": "11", "opens_year": "2026", "opens_time": "9am"}
    closing = {"closes_day": "20", "closes_month": "12", "closes_year": "2026", "closes_time": "11:59pm"}
    assert client.submit(f"{STAGE}/dates", **opening, **closing).status_code == 303

    assert read().opens_at == datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    assert read().closes_at == datetime(2026, 12, 20, 23, 59, tzinfo=UTC)
    refused = client.submit(f"{STAGE}/dates", **{**opening, "opens_year": "2027"}, **closing)
    assert "must be after the opening time" in refused.text
