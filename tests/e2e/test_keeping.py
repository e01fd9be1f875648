"""Mail that was asked for, a copy to keep, the paper form, and one's own data, as a person uses them."""

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.support.browser import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser
ADDRESS = "jo.bloggs@example.org"


def linked(person: Visitor, name: str) -> bytes:
    """What a link of the page leads to. A PDF is made when it is asked for, so it may take a while."""
    href = person.page.get_by_role("link", name=name, exact=False).first.get_attribute("href")
    answer = person.context.request.get(f"{person.site}{href}", timeout=60_000)
    assert answer.ok, answer.status
    return answer.body()


def test_a_resident_asks_for_mail_keeps_copies_and_sees_their_data(arrive: Arrive, stage: Stage) -> None:
    """Without scripts on a phone on one database, with them at a desk on the other."""
    by_phone = stage.site.database_url.startswith("sqlite")
    person = arrive(scripts=not by_phone, size=PHONE if by_phone else DESKTOP)
    people.start(person, stage)
    people.open_part(person, "Our place")
    people.write(person, "What would you like to say about our place?", "The bus is late.")
    people.save(person, come_back=True)
    people.open_part(person, "Publication and contact")
    people.write(person, "What is your email address?", ADDRESS)
    people.choose(person, "Send me a copy of my response")
    people.save(person, come_back=True)
    people.send(person, stage)
    person.go(f"/c/{stage.slug}/reply/sent")
    given = people.reference(person)
    assert "sends no email" in person.text()

    person.press("Save or print a copy", role="link")
    assert "The bus is late." in person.text()
    assert linked(person, "PDF").startswith(b"%PDF")
    assert b"The bus is late." in linked(person, "HTML")
    person.go(f"/c/{stage.slug}/reply/outcome")
    person.go(f"/c/{stage.slug}/reply/your-data")
    assert ADDRESS.encode() in linked(person, "Download it for a computer")
    person.go(f"/c/{stage.slug}/questions")
    person.go("/continue/again")
    people.write(person, "The email address that you gave", ADDRESS)
    person.press("Send my link again")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Check your email")

    officer = arrive(size=DESKTOP)
    people.sign_in(officer, stage)
    officer.go("/officer/mail")
    assert f"Copy of a response: {given}" in officer.text()
    assert f"asked for again: {given}" not in officer.text()  # the address was given for a copy
