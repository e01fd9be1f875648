"""The journey in Welsh, where part is translated: a phone on one database, a desktop on the other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import people
from tests.support.browser import DESKTOP, PHONE, Visitor, visitor
from tests.support.databases import fresh_postgresql, fresh_sqlite
from tests.support.site import Site, running
from tests.support.welsh import welsh_document

pytestmark = pytest.mark.browser

SCHEDULE = {"timezone": "Europe/London", "opens_in_days": -1, "closes_in_days": 20}
TARGET = 44  # px
TYPED = "Mae’r bws olaf yn mynd am ddeg munud wedi pump."


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    database = fresh_sqlite(tmp_path) if request.param == "sqlite" else fresh_postgresql("soundings_welsh")
    file = tmp_path / "welsh.yaml"  # JSON is YAML
    file.write_text(json.dumps({**welsh_document(), "schedule": SCHEDULE}), encoding="utf-8")
    with database as url, running(url, tmp_path) as site:
        site.flask("consultation", "load", str(file), "--stage", "open")
        site.start_web()
        yield site


@pytest.fixture
def reader(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Without scripts on the phone, so that both are seen once."""
    phone = request.node.callspec.params["site"] == "sqlite"
    size = PHONE if phone else DESKTOP
    with visitor(browser, site.url, scripts=not phone, size=size, touch=phone) as person:
        yield person


def speaks(person: Visitor, language: str) -> None:
    expect(person.page.locator("html")).to_have_attribute("lang", language)


def high(person: Visitor, name: str, role: Literal["link", "button"]) -> float:
    box = person.page.get_by_role(role, name=name).bounding_box()
    assert box is not None
    return box["height"]


def test_a_person_replies_in_welsh_and_changes_the_language_without_losing_a_word(
    reader: Visitor, pictures: Path
) -> None:
    reader.go("/c/market-square")
    assert high(reader, "Cymraeg", "link") >= TARGET
    reader.press("Cymraeg", role="link")
    speaks(reader, "cy")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Sgwâr Marchnad Gwell")
    reader.press("Dechrau eich ymateb", role="button")
    people.choose(reader, "Drosof fy hun")
    reader.press("Parhau")
    people.open_part(reader, "Traffig yn y sgwâr")
    people.choose(reader, "Cytuno")
    people.write(reader, "Pam ydych chi’n dweud hynny?", TYPED)

    assert high(reader, "English", "button") >= TARGET
    reader.press("English")
    speaks(reader, "en-GB")
    assert reader.page.get_by_label("Why do you say that?").input_value() == TYPED
    reader.press("Cymraeg")
    speaks(reader, "cy")
    assert reader.page.get_by_label("Pam ydych chi’n dweud hynny?").input_value() == TYPED
    reader.page.screenshot(path=pictures / "welsh-section.png", full_page=True)

    reader.press("Cadw a dod yn ôl yn nes ymlaen")
    reader.page.screenshot(path=pictures / "welsh-tasks.png", full_page=True)
    reader.press("Gwirio ac anfon", role="button")
    assert TYPED in reader.text()
    reader.page.screenshot(path=pictures / "welsh-check.png", full_page=True)
    reader.press("Anfon eich ymateb")
    given = people.reference(reader)
    reader.go("/c/market-square/reply/sent")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Ymateb wedi’i anfon")
    assert given in reader.text()
    english = reader.page.locator("main [lang=en-GB]")
    assert english.count() > 0
    reader.page.screenshot(path=pictures / "welsh-sent.png", full_page=True)
