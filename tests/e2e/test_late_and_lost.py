"""What people do who missed the closing, or lost their link."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

from tests.e2e import people
from tests.e2e.conftest import ON_EACH, Arrive, Stage
from tests.support.browser import PHONE
from tests.support.small_consultation import CONSULTATION

pytestmark = pytest.mark.browser
ON_SQLITE, ON_POSTGRESQL = ([one] for one in ON_EACH)
SLUG = "closing-soon"
REPLY = f"/c/{SLUG}/reply"
WORDS = "Fewer cars, please."


def beside_the_sample(stage: Stage, folder: Path) -> None:
    """Another consultation, open since yesterday."""
    whole = yaml.safe_load(CONSULTATION.read_text(encoding="utf-8"))
    today = datetime.now(UTC).date()
    dates = {"opens_on": str(today - timedelta(days=1)), "closes_on": str(today + timedelta(days=2))}
    whole |= {"slug": SLUG, "schedule": {**whole["schedule"], **dates}}
    file = folder / "consultation.yaml"
    file.write_text(yaml.safe_dump(whole), encoding="utf-8")
    stage.site.flask("consultation", "load", str(file), "--stage", "open")


def closed_for(stage: Stage, **ago: int) -> None:
    closed_at = datetime.now(UTC) - timedelta(**ago)
    engine = create_engine(stage.site.database_url)
    with engine.begin() as connection:
        change = text("UPDATE consultation SET closes_at = :at WHERE slug = :slug")
        connection.execute(change, {"at": closed_at.replace(tzinfo=None), "slug": SLUG})
    engine.dispose()


@pytest.mark.parametrize("stage", ON_SQLITE, indirect=True)
def test_a_draft_is_sent_in_its_grace_or_asked_to_be_taken_late(
    arrive: Arrive, stage: Stage, tmp_path: Path
) -> None:
    """On a phone without scripts; somebody who comes new finds the closed page, on a phone with them."""
    beside_the_sample(stage, tmp_path)
    person = arrive(size=PHONE, scripts=False)
    person.go(f"{REPLY}/start")
    people.choose(person, "For myself", exact=False)
    person.press("Continue")
    person.go(f"{REPLY}/traffic")
    person.page.locator("main textarea").first.fill(WORDS)
    people.save(person, come_back=True)

    closed_for(stage, minutes=10)
    person.go(REPLY)
    assert "Because you had started, you can still send until" in person.text()
    person.go(f"{REPLY}/check")
    expect(person.page.get_by_role("button", name="Send your response")).to_be_visible()

    closed_for(stage, hours=2)
    person.go(f"{REPLY}/traffic")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("This consultation has closed")
    assert WORDS in person.text()
    person.press("Ask for it to be taken as a late reply")
    assert people.reference(person)
    person.go(REPLY)
    assert people.reference(person)
    person.go(f"{REPLY}/outcome")
    assert "Officers have not decided yet whether it counts." in person.text()

    newcomer = arrive(size=PHONE)
    newcomer.go(f"/c/{SLUG}")
    assert "This consultation closed at" in newcomer.text()
    assert newcomer.page.get_by_role("button", name="Start your response").count() == 0


@pytest.mark.parametrize("stage", ON_POSTGRESQL, indirect=True)
def test_a_lost_link_comes_again_to_the_address_it_was_given(arrive: Arrive, stage: Stage) -> None:
    address = "lost.link@example.org"
    person = arrive()
    people.start(person, stage)
    people.open_part(person, "Our place")
    people.write(person, "What would you like to say about our place?", WORDS)
    people.save(person, come_back=True)
    people.open_part(person, "Publication and contact")
    people.write(person, "What is your email address?", address)
    people.choose(person, "Send me a link", exact=False)
    people.save(person, come_back=True)

    elsewhere = arrive()
    elsewhere.go("/continue")
    elsewhere.press("we can send it to you again", role="link")
    elsewhere.press("Send my link again")
    assert "Enter your email address" in elsewhere.text()
    people.write(elsewhere, "The email address that you gave", address.upper())
    elsewhere.press("Send my link again")
    expect(elsewhere.page.get_by_role("heading", level=1)).to_have_text("Check your email")

    officer = arrive()
    people.sign_in(officer, stage)
    officer.go("/officer/mail")
    newest = officer.page.locator("details", has_text=address).first
    found = re.search(r"/continue/[\w-]+", newest.text_content() or "")
    assert found
    elsewhere.go(found.group())
    people.open_part(elsewhere, "Our place")
    expect(elsewhere.page.locator("main textarea").first).to_have_value(WORDS)
