from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.services.add_officer import EXAMPLE_EMAIL, example_officer
from app.accounts.tries import TRIES_AT_ACCOUNT, TRIES_FROM_ADDRESS
from app.database import session
from app.enums import Role
from app.models import AuditEvent, Lockout, Officer, OfficerSession
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.integration.accounts.conftest import PASSWORD
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

NOT_RIGHT = "The email or password is not right"
TOO_MANY = "Too many tries. Wait 15 minutes or ask your administrator."


def sign_in(client: AuditedClient, email: str = "r.ashdown@example.org", **fields: Any) -> TestResponse:
    fields.setdefault("password", PASSWORD)
    return client.submit("/officer/sign-in", email=email, **fields)


def signed_in(client: AuditedClient) -> bool:
    return client.get("/officer/").status_code == 200


def test_an_officer_signs_in_and_finds_their_consultations(client: AuditedClient, officer: Officer) -> None:
    here = a_consultation(title="A draft bid")
    a_consultation(slug="another", title="Another bid")
    a_role(officer, Role.MODERATOR, consultation=here)
    a_role(officer, Role.LEAD_ANALYST, consultation=here)
    session.commit()

    response = sign_in(client)
    page = client.page("/officer/")

    assert (response.status_code, response.location) == (303, "/officer/")
    assert page.select_one("main table") is not None
    assert "Lead analyst, Moderator" in page.get_text()
    assert "Another bid" not in page.get_text()


def test_the_address_of_the_page_that_was_asked_for_is_followed(
    client: AuditedClient, officer: Officer
) -> None:
    asked = client.get("/officer/?page=2")

    response = client.submit(
        "/officer/sign-in", asked.location, email="R.Ashdown@Example.org ", password=PASSWORD
    )

    assert asked.status_code == 303
    assert response.location == "/officer/?page=2"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/officer/",
        "//example.com",
        "/\\example.com",
        "/officer/\\..",
        "/c/a-bid",
        "/officer/\n",
    ],
)
def test_no_address_leads_away_from_the_officers_pages(
    client: AuditedClient, officer: Officer, address: str
) -> None:
    response = sign_in(client, next=address)

    assert response.location == "/officer/"


def test_every_cause_of_failure_has_the_same_words(client: AuditedClient, officer: Officer) -> None:
    an_officer(email="new@example.org")
    an_officer(email="left@example.org", password=officer.password, active=False)
    example_officer(now=officer.created_at).password = officer.password
    session.commit()

    refused = [
        sign_in(client, password="not the password"),
        *(sign_in(client, email) for email in ("nobody@x.org", "new@example.org", "left@example.org")),
        sign_in(client, EXAMPLE_EMAIL),
    ]

    assert [response.status_code for response in refused] == [422] * 5
    assert all(NOT_RIGHT in response.text for response in refused)
    assert not signed_in(client)


def test_the_eleventh_try_at_an_account_is_refused_even_with_the_password(
    client: AuditedClient, officer: Officer, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.passwords.is_password_of", lambda *_a, **_k: False)
    tried = {sign_in(client, password="wrong").status_code for _ in range(TRIES_AT_ACCOUNT)}
    monkeypatch.undo()

    locked = sign_in(client)
    clock.move(minutes=15)
    after = sign_in(client)

    assert tried == {422}
    assert locked.status_code == 429
    assert TOO_MANY in locked.text
    assert after.status_code == 303
    assert session.scalar(select(func.count()).select_from(Lockout)) == 0


def test_an_address_that_tries_many_accounts_is_refused(
    client: AuditedClient, officer: Officer, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.passwords.is_password_of", lambda *_a, **_k: False)
    for number in range(TRIES_FROM_ADDRESS):
        sign_in(client, f"{number}@example.org")
    monkeypatch.undo()

    assert sign_in(client).status_code == 429


def test_a_lockout_keeps_neither_email_nor_address(client: AuditedClient, officer: Officer) -> None:
    sign_in(client, "someone@example.org")

    kept = " ".join(session.scalars(select(Lockout.subject)))
    assert len(kept) == 129
    assert "someone" not in kept
    assert "127.0.0.1" not in kept


def test_a_sign_in_takes_a_new_token_and_a_new_session(client: AuditedClient, officer: Officer) -> None:
    client.get("/officer/sign-in")
    with client.session_transaction() as cookie:
        before = cookie["csrf_token"]
        cookie["reply"] = "kept"

    sign_in(client)

    with client.session_transaction() as cookie:
        assert cookie.get("csrf_token") != before
        assert cookie["reply"] == "kept"
        assert cookie["officer_session"] == session.scalars(select(OfficerSession.id)).one().hex


def test_a_session_ends_after_half_an_hour_without_a_page(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    sign_in(client)

    for _ in range(3):
        clock.move(minutes=29)
        assert signed_in(client)
    clock.move(minutes=31)

    assert not signed_in(client)


def test_a_session_ends_after_ten_hours_whatever_is_done(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    sign_in(client)

    for _ in range(21):
        clock.move(minutes=28)
        assert signed_in(client)
    clock.move(minutes=13)

    assert not signed_in(client)


def test_a_session_is_touched_at_most_once_a_minute(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    sign_in(client)
    begun = clock.now()

    clock.move(seconds=59)
    client.get("/officer/")
    assert session.scalars(select(OfficerSession.last_seen_at)).one() == begun

    clock.move(seconds=1)
    client.get("/officer/")
    session.rollback()
    assert session.scalars(select(OfficerSession.last_seen_at)).one() == begun + timedelta(minutes=1)


def test_signing_out_ends_the_session_on_the_server(client: AuditedClient, officer: Officer) -> None:
    sign_in(client)
    stolen = client.get_cookie("session")

    response = client.submit("/officer/sign-out", "/officer/")
    assert stolen is not None
    client.set_cookie("session", stolen.value)

    assert response.status_code == 303
    assert not signed_in(client)
    assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.at, AuditEvent.id)).all() == [
        "signed_in",
        "signed_out",
    ]


def test_an_officer_whose_access_ends_is_out_at_once(client: AuditedClient, officer: Officer) -> None:
    sign_in(client)
    session.scalars(select(Officer)).one().active = False
    session.commit()

    assert not signed_in(client)


def test_a_cookie_without_a_session_row_is_nobody(client: AuditedClient, officer: Officer) -> None:
    identity = officer.fs_uniquifier
    with client.session_transaction() as cookie:
        cookie["_user_id"] = identity

    assert not signed_in(client)


def test_who_is_signed_in_already_goes_straight_on(client: AuditedClient, officer: Officer) -> None:
    sign_in(client)

    assert client.get("/officer/sign-in").location == "/officer/"
