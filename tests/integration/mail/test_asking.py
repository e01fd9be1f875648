"""Each mail only for who asked for it; and no page waits for a mail server."""

import re
import time
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.database import session, transaction
from app.enums import MailKind, Role
from app.mail.postman import Postman
from app.models import Consultation, Response
from app.responses.services.delete_draft import delete_drafts
from app.responses.services.mail import LINKS_AT_MOST
from config import MailServer
from tests.factories.officer import a_role, an_officer
from tests.integration.mail.conftest import PUBLIC_URL, rows
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.mail_server import Inbox, words_of
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

CHECK = "/c/market-square/reply/check"
PUBLICATION = "/c/market-square/reply/publication"


def kinds() -> list[str]:
    return [row.kind for row in rows()]


def a_person(app: Flask) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Fewer cars.\nMore trees.")
    return person


def gives(person: Respondent, email: str, *uses: str) -> Any:
    return person.save("publication", email=email, email_uses=list(uses))


def test_who_ticks_nothing_gets_nothing(app: Flask, small: Consultation) -> None:
    person = a_person(app)
    person.save("publication")
    person.send()

    assert rows() == []


def test_who_asks_for_a_copy_gets_one_of_what_was_sent_with_reference_and_link(
    app: Flask, small: Consultation, inbox: Inbox, postman: Postman
) -> None:
    person = a_person(app)
    link, code = person.link(), person.code()
    gives(person, "a@x.org", "copy")
    assert rows() == []
    person.send()
    person.client.post(CHECK, data={"csrf_token": csrf(person)})
    postman.deliver_all()

    [mail] = inbox.taken
    text = words_of(mail)
    assert mail["Subject"] == f"Your response {person.reference()}: A Better Market Square"
    assert f"{PUBLIC_URL}{link}" in text
    assert code in text
    assert "Fewer cars.\nMore trees." in text
    assert "Agree" in text
    assert "We are sending a copy" in words(person.open("/sent"))


def csrf(person: Respondent) -> str:
    field = person.open("/sent").select_one("input[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def test_the_link_comes_once_for_an_address_and_again_for_another(
    app: Flask, small: Consultation, inbox: Inbox, postman: Postman
) -> None:
    person = a_person(app)
    gives(person, "a@x.org", "link")
    gives(person, "a@x.org", "link", "report")
    gives(person, "b@x.org", "link")
    postman.deliver_all()

    assert inbox.addresses == ["a@x.org", "b@x.org"]
    assert all(f"{PUBLIC_URL}{person.link()}" in words_of(mail) for mail in inbox.taken)
    assert kinds() == ["link", "link"]


def test_an_address_that_is_half_typed_when_the_page_saves_itself_is_not_written_to(
    app: Flask, small: Consultation
) -> None:
    person = a_person(app)
    page = person.client.page(PUBLICATION)
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("main input[type=hidden][name]")}
    typed = {**hidden, "q-email": "a@x.co", "q-email_uses": "link"}
    saved = person.client.post(PUBLICATION, data=typed, headers={"X-Autosave": "1"})
    assert (saved.status_code, rows()) == (200, [])
    gives(person, "a@x.com", "link")

    assert [row.address for row in rows()] == ["a@x.com"]


def test_an_address_that_the_page_saved_by_itself_is_written_to_once_it_is_saved(
    app: Flask, small: Consultation
) -> None:
    person = a_person(app)
    page = person.client.page(PUBLICATION)
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("main input[type=hidden][name]")}
    typed = {**hidden, "q-email": "a@x.com", "q-email_uses": "link"}
    person.client.post(PUBLICATION, data=typed, headers={"X-Autosave": "1"})
    gives(person, "a@x.com", "link")

    assert [row.address for row in rows()] == ["a@x.com"]


def test_mail_that_waits_goes_with_its_draft(app: Flask, small: Consultation) -> None:
    person = a_person(app)
    gives(person, "a@x.org", "link")
    assert len(rows()) == 1
    with transaction():
        delete_drafts(list(session.scalars(select(Response.id))))

    assert rows() == []


def test_nobody_makes_us_write_to_one_address_after_another(app: Flask, small: Consultation) -> None:
    person = a_person(app)
    for number in range(LINKS_AT_MOST + 2):
        gives(person, f"a{number}@x.org", "link")

    assert len(rows()) == LINKS_AT_MOST


def test_a_link_in_a_mail_follows_the_settings_not_the_host_that_was_asked(
    app: Flask, small: Consultation
) -> None:
    person = a_person(app)
    page = person.client.page(PUBLICATION)
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("main input[type=hidden][name]")}
    person.client.post(
        PUBLICATION,
        data={**hidden, "q-email": "a@x.org", "q-email_uses": "link"},
        headers={"X-Forwarded-Host": "evil.example"},
    )

    [row] = rows()
    assert re.findall(r"https?://[^/\s]+", row.body) == [PUBLIC_URL, PUBLIC_URL]


def test_no_page_waits_for_a_server_that_is_down_or_slow(
    app: Flask, small: Consultation, server: MailServer
) -> None:
    """Pages write a row: they never speak to a mail server, which here is not even there."""
    person = a_person(app)
    gives(person, "a@x.org", "copy", "link")
    began = time.monotonic()
    answer = person.send()

    assert answer.status_code == 303
    assert time.monotonic() - began < 5
    assert sorted(kinds()) == ["copy", "link"]


def test_news_of_the_report_goes_to_who_asked_once_an_address(
    app: Flask, small: Consultation, clock: SettableClock, inbox: Inbox, postman: Postman
) -> None:
    for email, uses in (("a@x.org", ["report"]), ("A@x.org", ["report"]), ("b@x.org", ["copy"])):
        person = a_person(app)
        gives(person, email, *uses)
        person.send()
    gone = a_person(app)
    gives(gone, "gone@x.org", "report")
    with transaction():
        session.execute(
            update(Response).where(Response.reference == _last_reference()).values(status="withdrawn")
        )
    postman.deliver_all()
    inbox.taken.clear()
    clock.move(days=20)
    editor = client_of(app, Role.REPORT_EDITOR, small, clock)
    editor.submit("/officer/c/market-square/report/freeze")
    editor.submit("/officer/c/market-square/report/releases/1/publish")
    postman.deliver_all()

    [mail] = inbox.taken
    assert mail["To"].lower() == "a@x.org"
    assert f"{PUBLIC_URL}/c/market-square/report" in words_of(mail)
    assert [row.kind for row in rows()].count(MailKind.REPORT) == 1


def _last_reference() -> str:
    return str(session.query(Response.reference).order_by(Response.id.desc()).limit(1).scalar())


def client_of(app: Flask, role: Role, here: Consultation, clock: SettableClock) -> AuditedClient:
    with transaction():
        officer = an_officer("A. Marsh")
        everywhere = role is Role.ADMINISTRATOR
        a_role(officer, role, consultation=None if everywhere else session.merge(here))
    client = app.test_client()
    sign_in(client, officer, at=clock.now())
    assert isinstance(client, AuditedClient)
    return client


def test_a_new_officer_gets_the_set_up_link_by_mail_and_the_page_does_not_show_it(
    app: Flask, small: Consultation, clock: SettableClock, inbox: Inbox, postman: Postman
) -> None:
    administrator = client_of(app, Role.ADMINISTRATOR, small, clock)
    added = administrator.submit("/officer/people/add", email="v.lee@x.org", name="V. Lee")
    page = administrator.get(added.location).text
    postman.deliver_all()

    assert "/officer/set-up/" not in page
    assert "We are sending a set-up link to v.lee@x.org" in page
    [mail] = inbox.taken
    found = re.search(rf"{PUBLIC_URL}(/officer/set-up/[\w-]+)", words_of(mail))
    assert found is not None
    assert app.test_client().get(found.group(1)).location == "/officer/set-up"


class TestThePageOfAdministrators:
    def test_it_lists_what_went_wrong_without_words_or_addresses(
        self, app: Flask, small: Consultation, clock: SettableClock, inbox: Inbox, postman: Postman
    ) -> None:
        inbox.refused["a@x.org"] = "550 unknown"
        person = a_person(app)
        gives(person, "a@x.org", "copy")
        person.send()
        administrator = client_of(app, Role.ADMINISTRATOR, small, clock)
        waiting = administrator.get("/officer/mail").text
        postman.deliver_all()
        page = words(administrator.get("/officer/mail"))

        for text in (waiting, page):
            assert "a@x.org" not in text
            assert "Fewer cars" not in text
        assert f"Copy of a response: {person.reference()}, A Better Market Square" in page
        assert "The mail server refused the address (550)" in page
