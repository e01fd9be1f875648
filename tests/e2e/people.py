"""What the people of these tests do on a page, in their own words."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Stage
from tests.support.browser import DESKTOP, PHONE, Visitor

REFERENCE = re.compile(r"\b[A-Z]{2,4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")


def start(person: Visitor, stage: Stage, *, as_organisation: bool = False) -> None:
    person.go(f"/c/{stage.slug}")
    person.press("Start your response", role="button")
    choose(person, "For an organisation" if as_organisation else "For myself", exact=False)
    if as_organisation:
        choose(person, "Answer the questions")
    person.press("Continue")


def choose(person: Visitor, label: str, *, exact: bool = True, within: str = "main") -> None:
    person.page.locator(within).get_by_label(label, exact=exact).first.check()


def write(person: Visitor, label: str, words: str) -> None:
    person.page.get_by_label(label, exact=False).first.fill(words)


def open_part(person: Visitor, title: str) -> None:
    person.press(title, role="link", exact=False)


def save(person: Visitor, *, come_back: bool = False) -> None:
    person.press("Save and come back later" if come_back else "Save and continue")


def to_task_list(person: Visitor, stage: Stage) -> None:
    person.go(f"/c/{stage.slug}/reply")


def send(person: Visitor, stage: Stage) -> str:
    person.go(f"/c/{stage.slug}/reply/check")
    person.press("Send your response")
    return reference(person)


def reference(person: Visitor) -> str:
    found = REFERENCE.search(person.text())
    assert found, person.text()
    return found.group()


def sign_in(officer: Visitor, stage: Stage) -> None:
    officer.go("/officer/")
    write(officer, "Email", stage.email)
    officer.page.get_by_label("Password", exact=True).fill(stage.password)
    officer.press("Sign in")
    expect(officer.page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def officer(arrive: Arrive, stage: Stage) -> Visitor:
    """Signed in: on a phone without scripts on SQLite, at a desk with them on PostgreSQL."""
    phone = on_phone(stage)
    someone = arrive(scripts=not phone, size=PHONE if phone else DESKTOP)
    sign_in(someone, stage)
    return someone


def on_phone(stage: Stage) -> bool:
    return stage.site.database_url.startswith("sqlite")


def reply_late(resident: Visitor, words: str, officer: Visitor, slug: str) -> None:
    """In a town that the officer closes before the reply is sent."""
    resident.go(f"/c/{slug}")
    resident.press("Start your response")
    choose(resident, "For myself", exact=False)
    resident.press("Continue")
    open_part(resident, "Traffic in the square")
    write(resident, "Why do you say that?", words)
    save(resident, come_back=True)
    officer.go(f"/officer/c/{slug}/stage/move/close")
    officer.press("Close the consultation now")
    resident.go(f"/c/{slug}/reply")
    resident.press("Ask for it to be taken as a late reply")
