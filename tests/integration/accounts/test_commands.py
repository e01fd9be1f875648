import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.queries.rights import roles_in
from app.accounts.services.add_officer import example_officer
from app.accounts.services.first_officer import EMAIL
from app.database import session
from app.enums import Role
from app.models import Officer
from tests.factories.consultation import a_consultation
from tests.integration.accounts.test_sign_in import sign_in
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock


def run(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["officer", *words])
    assert result.exit_code == 0, result.output
    return result.output


def printed_password(output: str) -> str:
    found = re.search(r"^Password: (\S+)$", output, re.MULTILINE)
    assert found, output
    return found.group(1)


def test_the_first_officer_holds_every_role_in_the_sample_and_signs_in(
    app: Flask, client: AuditedClient, clock: SettableClock
) -> None:
    sample = a_consultation(is_sample=True).id
    example_officer(now=clock.now())
    session.commit()

    password = printed_password(run(app, "first"))

    officer = session.scalars(select(Officer.id).where(Officer.email == EMAIL)).one()
    assert roles_in(officer, consultation_id=sample) == {
        Role.ADMINISTRATOR,
        Role.LEAD_ANALYST,
        Role.MODERATOR,
        Role.REPORT_EDITOR,
    }
    assert sign_in(client, EMAIL, password=password).status_code == 303


def test_where_there_is_an_officer_no_first_one_is_made(app: Flask, officer: Officer) -> None:
    assert run(app, "first") == ""
    assert session.scalars(select(Officer.email)).all() == ["r.ashdown@example.org"]


def test_a_new_password_ends_every_session_and_opens_a_locked_account(
    app: Flask, client: AuditedClient, officer: Officer
) -> None:
    sign_in(client)

    password = printed_password(run(app, "password", "r.ashdown@example.org"))

    assert client.get("/officer/").status_code == 303
    assert sign_in(client).status_code == 422
    assert sign_in(client, password=password).status_code == 303


def test_an_officer_is_added_with_roles_and_a_link_to_choose_a_password(app: Flask) -> None:
    here = a_consultation().id
    session.commit()

    output = run(
        app, "add", "V.Lee@example.org", "V. Lee", "--role", "analyst", "--role", "administrator",
        "--consultation", "a-bid",
    )  # fmt: skip

    added = session.scalars(select(Officer)).one()
    assert added.email == "v.lee@example.org"
    assert roles_in(added.id, consultation_id=here) == {Role.ANALYST, Role.ADMINISTRATOR}
    assert roles_in(added.id, consultation_id=None) == {Role.ADMINISTRATOR}
    assert "/officer/set-up/" in output
    assert str(added.set_up_hash) not in output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["add", "r.ashdown@example.org", "R. Ashdown"], "is an officer already"),
        (["add", "x@example.org", "X", "--role", "analyst"], "Say with --consultation"),
        (["add", "x@example.org", "X", "--consultation", "none"], "no consultation"),
        (["password", "nobody@example.org"], "no such officer"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    app: Flask, officer: Officer, words: list[str], message: str
) -> None:
    result = app.test_cli_runner().invoke(args=["officer", *words])

    assert result.exit_code != 0
    assert message in result.output
