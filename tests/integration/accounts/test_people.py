import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.queries.rights import roles_in
from app.database import session
from app.enums import Role
from app.models import AuditEvent, Consultation, Officer
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.integration.accounts.test_sign_in import sign_in
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in as become

NEW = "candle-orchard-violin"


@pytest.fixture
def administrator(app: Flask, client: AuditedClient, clock: SettableClock) -> Officer:
    here = a_consultation(title="A draft bid")
    officer = an_officer("A. Marsh", email="a.marsh@example.org")
    a_role(officer, Role.ADMINISTRATOR)
    a_role(an_officer("E. Example", is_example=True), Role.ANALYST, consultation=here)
    become(client, officer, at=clock.now())
    return officer


def id_of(email: str) -> str:
    return str(session.scalars(select(Officer.id).where(Officer.email == email)).one())


def consultation() -> UUID:
    return session.scalars(select(Consultation.id)).one()


def link_on(text: str) -> str:
    found = re.search(r"http://localhost(/officer/set-up/[\w-]+)", text)
    assert found, text
    return found.group(1)


def test_somebody_is_added_with_roles_gets_a_link_once_and_signs_in(
    app: Flask, client: AuditedClient, administrator: Officer
) -> None:
    added = client.submit(
        "/officer/c/a-bid/people", email="v.lee@example.org", name="V. Lee", roles=["analyst", "moderator"]
    )
    shown = client.get(added.location)
    again = client.get(added.location)
    link = link_on(shown.text)

    theirs = app.test_client()
    chosen = theirs.get(link)
    assert chosen.location == "/officer/set-up"
    set_up = theirs.submit("/officer/set-up", new_password=NEW, new_password_again=NEW)  # type: ignore[attr-defined]

    assert added.status_code == 303
    assert "/officer/set-up/" not in again.text
    assert set_up.status_code == 303
    assert sign_in(theirs, "v.lee@example.org", password=NEW).status_code == 303  # type: ignore[arg-type]
    assert "Analyst, Moderator" in theirs.get("/officer/").text
    theirs.get(link)
    assert theirs.get("/officer/set-up").status_code == 404


def test_a_link_works_for_seven_days(
    app: Flask, client: AuditedClient, administrator: Officer, clock: SettableClock
) -> None:
    client.submit("/officer/people/add", email="v.lee@example.org", name="V. Lee")
    link = link_on(client.get(f"/officer/people/{id_of('v.lee@example.org')}").text)
    theirs = app.test_client()
    theirs.get(link)

    clock.move(days=7, seconds=-1)
    assert theirs.get("/officer/set-up").status_code == 200
    clock.move(seconds=1)
    assert theirs.get("/officer/set-up").status_code == 404


def test_a_person_who_is_an_officer_already_gets_the_roles_and_no_link(
    client: AuditedClient, administrator: Officer
) -> None:
    response = client.submit(
        "/officer/c/a-bid/people", email="A.Marsh@example.org", name="Another name", roles=["viewer"]
    )

    page = client.get(response.location).text
    assert "A. Marsh now has a role" in page
    assert "/officer/set-up/" not in page
    held = roles_in(UUID(id_of("a.marsh@example.org")), consultation_id=consultation())
    assert held == {Role.ADMINISTRATOR, Role.VIEWER}


def test_roles_are_changed_and_ended_and_every_change_is_in_the_audit_log(
    client: AuditedClient, administrator: Officer
) -> None:
    client.submit("/officer/c/a-bid/people", email="v.lee@x.org", name="V. Lee", roles=["analyst"])
    address = f"/officer/c/a-bid/people/{id_of('v.lee@x.org')}"

    client.submit(address, roles=["lead_analyst"])
    client.submit(f"{address}/end", address)

    actions = session.execute(
        select(AuditEvent.action, AuditEvent.details).order_by(AuditEvent.created_at, AuditEvent.id)
    ).all()
    assert [tuple(row) for row in actions] == [
        ("added", {}),
        ("made_set_up_link", {}),
        ("changed_roles", {"added": ["analyst"], "removed": []}),
        ("changed_roles", {"added": ["lead_analyst"], "removed": ["analyst"]}),
        ("changed_roles", {"added": [], "removed": ["lead_analyst"]}),
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "v.lee@x.org", "name": "V. Lee"}, "Choose at least one role"),
        (
            {"email": "not an address", "name": "V. Lee", "roles": ["viewer"]},
            "in the right shape",
        ),
        ({"email": "v.lee@x.org", "roles": ["viewer"]}, "Enter their name"),
        ({"email": "v.lee@x.org", "name": "V. Lee", "roles": ["administrator"]}, "Not a valid choice"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    client: AuditedClient, administrator: Officer, fields: dict[str, str], message: str
) -> None:
    response = client.submit("/officer/c/a-bid/people", **fields)

    assert response.status_code == 422
    assert message in response.text or "not a valid choice" in response.text
    assert f'value="{fields["email"]}"' in response.text
    assert session.scalar(select(func.count()).select_from(Officer)) == 2


def test_the_last_administrator_cannot_be_removed(client: AuditedClient, administrator: Officer) -> None:
    address = f"/officer/people/{id_of('a.marsh@example.org')}"

    unticked = client.submit(address)
    ended = client.submit(f"{address}/end", address)

    assert (unticked.status_code, ended.status_code) == (422, 422)
    assert "This is the last administrator" in unticked.text
    assert "This is the last administrator" in ended.text
    assert client.get("/officer/people").status_code == 200


def test_ending_access_takes_effect_at_once_and_can_be_undone(
    app: Flask, client: AuditedClient, administrator: Officer, clock: SettableClock
) -> None:
    other = an_officer(email="v.lee@example.org")
    a_role(other, Role.ADMINISTRATOR)
    theirs = app.test_client()
    become(theirs, other, at=clock.now())
    address = f"/officer/people/{id_of('v.lee@example.org')}"
    before = theirs.get("/officer/").status_code

    client.submit(f"{address}/end", address)
    after = theirs.get("/officer/").status_code
    back = client.submit(f"{address}/return", address)

    assert (before, after, back.status_code) == (200, 303, 303)
    assert theirs.get("/officer/").status_code == 303  # the old session stays ended


def test_the_example_officer_has_no_page(client: AuditedClient, administrator: Officer) -> None:
    example = session.scalars(select(Officer.id).where(Officer.is_example)).one()

    assert client.get(f"/officer/people/{example}").status_code == 404
    assert client.get(f"/officer/c/a-bid/people/{example}").status_code == 404


def test_a_page_that_is_not_allowed_names_whom_to_ask(
    app: Flask, administrator: Officer, clock: SettableClock
) -> None:
    theirs = app.test_client()
    become(theirs, an_officer(), at=clock.now())

    response = theirs.get("/officer/people")

    assert response.status_code == 403
    assert "Ask an administrator: A. Marsh." in response.text
