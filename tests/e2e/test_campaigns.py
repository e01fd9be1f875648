"""The ledger of campaigns: a template coded once for all who sent it, and what one of them added."""

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage

pytestmark = pytest.mark.browser
THEME = "GOV06"


def test_a_template_is_coded_once_for_all_its_senders_and_uncoded(arrive: Arrive, stage: Stage) -> None:
    officer = people.officer(arrive, stage)
    officer.go(f"/officer/c/{stage.slug}/campaigns")
    officer.press("Campaign A", role="link")
    with_own_words = officer.page.locator("article", has_text="Own words added").first
    expect(with_own_words.locator("ins").first).to_be_visible()
    expect(with_own_words.get_by_role("link", name="Code own words")).to_be_visible()

    adding = officer.page.locator("main details", has_text="Add a theme for all senders")
    if not adding.get_by_label("Theme", exact=True).is_visible():
        adding.locator("summary").click()
    adding.get_by_label("Theme", exact=True).select_option(THEME)
    adding.get_by_label("Neutral").check()
    officer.press("Add for all senders")
    assert "comments of this campaign now" in officer.text()
    coded = officer.page.locator("main li", has_text=THEME)
    expect(coded).to_contain_text("on 10 comments")
    officer.press(f"Remove {THEME} neutral from all senders")
    assert "is taken off 10 comments" in officer.text()

    people.choose(officer, "Report apart")
    people.write(officer, "Note", "The same words from ten people are one voice here.")
    officer.press("Save")
    expect(officer.page.get_by_label("Report apart")).to_be_checked()
    people.choose(officer, "Count every sender")
    officer.press("Save")
