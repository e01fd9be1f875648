"""What the partners say to a theme: written by officers, two of them at once, merged and taken back."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.database import session, transaction
from app.enums import Role
from app.models import AuditEvent, PartnerAnswer, Theme
from tests.integration.reporting.conftest import Desk
from tests.integration.reporting.test_pages import words
from tests.support.audited_client import AuditedClient

ANSWERS = "/officer/c/a-bid/report/answers"
FIRST: dict[str, Any] = {"kind": "partly", "reason": "We will close one side.", "owner": "Town Council"}
SECOND: dict[str, Any] = {
    "kind": "accepted",
    "reason": "All of it,\nby May.",
    "owner": "County",
    "due": ["31", "5", "2027"],
}


@pytest.fixture
def code(editor: AuditedClient) -> str:
    return one_with(merged=False)


def one_with(*, merged: bool) -> str:
    query = select(Theme.code).where(~Theme.is_net, Theme.retired_at.is_(None)).order_by(Theme.code)
    is_merged = Theme.merged_into_id.is_not(None)
    return session.scalars(query.where(is_merged if merged else ~is_merged)).all()[0]


@pytest.fixture
def editor(desk: Desk) -> AuditedClient:
    return desk.officer(Role.REPORT_EDITOR)


def seen_on(client: AuditedClient, code: str) -> str:
    field = client.page(f"{ANSWERS}/{code}").select_one("input[name=seen]")
    assert field is not None
    return str(field.get("value") or "")


def stored() -> list[tuple[str, str]]:
    session.rollback()
    return [(row.kind.value, row.reason) for row in session.scalars(select(PartnerAnswer))]


def test_an_answer_is_looked_at_written_changed_and_taken_back(editor: AuditedClient, code: str) -> None:
    address = f"{ANSWERS}/{code}"
    assert "0 of" in words(editor.page(ANSWERS))

    looked_at = editor.submit(address, do="preview", **SECOND)
    assert looked_at.status_code == 200
    assert "The partners’ answer: accepted." in looked_at.text
    assert "by 31 May 2027" in looked_at.text
    assert stored() == []

    assert editor.submit(address, **FIRST).status_code == 303
    assert "Accepted in part , Town Council" in words(editor.page(ANSWERS))
    assert editor.submit(address, seen=seen_on(editor, code), **SECOND).status_code == 303
    assert stored() == [("accepted", "All of it,\nby May.")]

    assert editor.submit(f"{address}/remove", seen=seen_on(editor, code)).status_code == 303
    assert stored() == []
    events = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "partners_answer")).all()
    assert {event.action for event in events} == {"wrote", "changed", "took back"}
    assert "close one side" not in json.dumps([event.details for event in events])


def test_the_second_officer_sees_the_first_ones_answer_beside_their_own(
    editor: AuditedClient, desk: Desk, code: str
) -> None:
    other, address = desk.officer(Role.LEAD_ANALYST), f"{ANSWERS}/{code}"
    opened = seen_on(other, code)
    editor.submit(address, seen=opened, **FIRST)

    refused = other.submit(address, seen=opened, **SECOND)

    assert refused.status_code == 422
    assert "We will close one side." in refused.text
    assert "All of it,\nby May." in refused.text
    assert stored() == [("partly", "We will close one side.")]
    assert other.submit(f"{address}/remove", seen=opened).status_code == 422
    assert other.submit(address, seen=seen_on(other, code), **SECOND).status_code == 303
    assert stored() == [("accepted", "All of it,\nby May.")]


def test_a_refused_answer_keeps_what_was_typed(editor: AuditedClient, code: str) -> None:
    given: dict[str, Any] = {"kind": "else", "reason": "Our words", "owner": "", "due": ["31", "2", "2027"]}

    refused = editor.submit(f"{ANSWERS}/{code}", **given)

    assert refused.status_code == 422
    for said in ("Choose what the partners do", "Enter who answers", "must be a real date", "Our words"):
        assert said in refused.text
    assert 'value="2027"' in refused.text
    assert editor.submit(f"{ANSWERS}/{code}", due="1").status_code == 422
    assert stored() == []


def test_of_merged_themes_the_answer_given_last_stands_and_goes_with_the_others(
    editor: AuditedClient, code: str
) -> None:
    gone = one_with(merged=True)
    editor.submit(f"{ANSWERS}/{code}", **FIRST)
    with transaction():
        other = session.scalars(select(Theme).where(Theme.code == gone)).one()
        kept = session.scalars(select(Theme).where(Theme.code == code)).one()
        other.merged_into_id, kept.merged_into_id = None, other.id
    assert editor.get(f"{ANSWERS}/{code}").location == f"{ANSWERS}/{gone}"
    assert "We will close one side." in editor.page(f"{ANSWERS}/{gone}").text

    editor.submit(f"{ANSWERS}/{gone}", seen=seen_on(editor, gone), **SECOND)
    assert "We will close one side." not in editor.page(f"{ANSWERS}/{gone}").text
    with transaction():
        session.scalars(select(Theme).where(Theme.code == code)).one().merged_into_id = None
    assert "We will close one side." in editor.page(f"{ANSWERS}/{code}").text
    assert SECOND["reason"] in editor.page(f"{ANSWERS}/{gone}").text

    with transaction():
        other = session.scalars(select(Theme).where(Theme.code == gone)).one()
        session.scalars(select(Theme).where(Theme.code == code)).one().merged_into_id = other.id
    assert SECOND["reason"] in editor.page(f"{ANSWERS}/{gone}").text
    editor.submit(f"{ANSWERS}/{gone}/remove", seen=seen_on(editor, gone))
    assert stored() == []
