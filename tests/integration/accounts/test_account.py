from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import AuditEvent, Officer, OfficerSession
from tests.factories.officer import an_officer
from tests.integration.accounts.conftest import PASSWORD
from tests.integration.accounts.test_sign_in import sign_in
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import csrf_token_of
from tests.support.sign_in import sign_in as become

NEW = "candle-orchard-violin"


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, client: AuditedClient, officer: Officer
) -> None:
    other = app.test_client()
    sign_in(other)  # type: ignore[arg-type]
    sign_in(client)

    response = client.submit(
        "/officer/account/password", current_password=PASSWORD, new_password=NEW, new_password_again=NEW
    )

    assert response.status_code == 303
    assert "Your password is changed" in client.get("/officer/account").text
    assert other.get("/officer/").status_code == 303
    assert sign_in(other, password=PASSWORD).status_code == 422  # type: ignore[arg-type]
    assert sign_in(other, password=NEW).status_code == 303  # type: ignore[arg-type]


def test_a_password_is_not_changed_without_the_one_in_use(client: AuditedClient, officer: Officer) -> None:
    sign_in(client)

    response = client.submit(
        "/officer/account/password",
        current_password="a guess at it",
        new_password=NEW,
        new_password_again=NEW,
    )

    assert response.status_code == 422
    assert "Your current password is not right" in response.text
    assert "a guess at it" not in response.text
    assert NEW not in response.text


def test_a_password_that_is_easy_to_guess_is_refused_beside_its_field(
    client: AuditedClient, officer: Officer
) -> None:
    sign_in(client)

    response = client.submit(
        "/officer/account/password",
        current_password=PASSWORD,
        new_password="password1234",
        new_password_again="password12345",
    )

    assert response.status_code == 422
    assert response.text.count("Choose a password that is harder to guess") == 2
    assert response.text.count("The two new passwords are not the same") == 2


def test_a_session_on_another_device_is_listed_and_ended(
    app: Flask, client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    other = app.test_client()
    other.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    sign_in(other)  # type: ignore[arg-type]
    clock.move(minutes=5)
    sign_in(client)

    page = client.page("/officer/account")
    end = page.select_one("table form")
    assert end is not None
    assert "Firefox on Windows" in page.get_text()
    client.submit(str(end["action"]), "/officer/account")

    assert other.get("/officer/").status_code == 303
    assert client.get("/officer/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    sign_in(client)
    theirs = session.scalars(select(OfficerSession.id)).one()
    stranger = app.test_client()
    become(stranger, an_officer(), at=clock.now())
    token = csrf_token_of(stranger, "/officer/account")

    response = stranger.post(f"/officer/account/sessions/{theirs}/end", data={"csrf_token": token})

    assert response.status_code == 303
    assert "That session has ended" not in stranger.get("/officer/account").text
    assert client.get("/officer/").status_code == 200


def test_all_other_sessions_are_ended_in_one_step(
    app: Flask, client: AuditedClient, officer: Officer
) -> None:
    others = [app.test_client(), app.test_client()]
    for other in others:
        sign_in(other)  # type: ignore[arg-type]
    sign_in(client)

    client.submit("/officer/account/sessions/end-others", "/officer/account")

    assert [other.get("/officer/").status_code for other in others] == [303, 303]
    assert client.get("/officer/").status_code == 200
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "ended_sessions")).one()
    assert event.details == {"sessions": 2}
