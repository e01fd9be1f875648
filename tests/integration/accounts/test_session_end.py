"""A session that ends while a form is open: nothing that was typed is lost, and nobody else gets it."""

from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session
from app.enums import Role
from app.models import Officer
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.integration.accounts.conftest import PASSWORD
from tests.integration.accounts.test_sign_in import sign_in
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import csrf_token_of

ADDRESS = "/officer/people/add"
TYPED = {"email": "v.lee@example.org", "name": "V. <b>Lee</b>"}


def late_post(client: AuditedClient, clock: SettableClock) -> TestResponse:
    """The officer opens a form, is called away, and presses the button after the session has ended."""
    sign_in(client)
    token = csrf_token_of(client, ADDRESS)
    clock.move(minutes=31)
    return client.post(ADDRESS, data={"csrf_token": token, **TYPED})


def fields(response: TestResponse) -> dict[str, str]:
    """Of the form on the page, the header's left out."""
    found = BeautifulSoup(response.text, "html.parser").select("main form [name]")
    return {
        str(one["name"]): one.get_text().removeprefix("\n")
        if one.name == "textarea"
        else str(one.get("value", ""))
        for one in found
    }


def make_administrator(officer: Officer) -> None:
    a_consultation()
    a_role(officer, Role.ADMINISTRATOR)
    session.commit()


def test_what_was_typed_comes_back_after_signing_in_and_is_sent_with_one_press(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    make_administrator(officer)

    asked = late_post(client, clock)
    form = fields(asked)
    back = client.post(
        "/officer/sign-in", data={**form, "email": "r.ashdown@example.org", "password": PASSWORD}
    )
    sent = client.post(ADDRESS, data=fields(back))

    assert asked.status_code == 422
    assert "Sign in and you can send what you typed" in asked.text
    assert TYPED["name"] not in asked.text
    assert back.status_code == 200
    assert fields(back).items() >= TYPED.items()
    assert sent.status_code == 303
    assert session.scalars(select(Officer.name).where(Officer.email == TYPED["email"])).one() == TYPED["name"]


def test_a_wrong_password_in_between_loses_nothing(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    make_administrator(officer)

    form = fields(late_post(client, clock))
    wrong = client.post(
        "/officer/sign-in", data={**form, "email": "r.ashdown@example.org", "password": "wrong"}
    )

    assert wrong.status_code == 422
    assert fields(wrong)["held"] == form["held"]


def test_another_officer_on_the_same_computer_does_not_get_it(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    make_administrator(officer)
    other = an_officer("V. Other", email="other@example.org", password=officer.password)
    a_role(other, Role.ADMINISTRATOR)
    session.commit()

    form = fields(late_post(client, clock))
    back = client.post("/officer/sign-in", data={**form, "email": "other@example.org", "password": PASSWORD})

    assert (back.status_code, back.location) == (303, "/officer/")


def test_what_was_tampered_with_is_dropped(client: AuditedClient, officer: Officer) -> None:
    response = sign_in(client, held="WyIiLCIvb2ZmaWNlci8iLFtdXQ.tampered.with")

    assert (response.status_code, response.location) == (303, "/officer/")


def test_a_post_without_words_goes_back_to_the_page_it_stood_on(
    client: AuditedClient, officer: Officer, clock: SettableClock
) -> None:
    make_administrator(officer)
    sign_in(client)
    token = csrf_token_of(client, ADDRESS)
    clock.move(minutes=31)

    with_page = client.post(ADDRESS, data={"csrf_token": token})
    without_page = client.post("/officer/account/sessions/end-others", data={"csrf_token": token})

    assert with_page.location == "/officer/sign-in?next=/officer/people/add"
    assert without_page.location == "/officer/sign-in"
