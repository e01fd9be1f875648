"""The officers' side of the chain: a new response is themed, coded, counted and found behind its number."""

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
WORDS = "There is no bus on a Sunday and the last one home leaves at ten past five."


def a_new_response(resident: Visitor, stage: Stage) -> str:
    people.start(resident, stage)
    people.open_part(resident, "Our place")
    people.write(resident, "What would you like to say about our place?", WORDS)
    people.save(resident, come_back=True)
    return people.send(resident, stage)


def number(officer: Visitor, theme: str) -> int:
    """How many respondents raised the theme, as its page says."""
    link = officer.page.locator(f"main a[href*='theme={theme}']").first
    return int(link.inner_text().split()[0].replace(",", ""))


def run_theming(officer: Visitor, stage: Stage) -> None:
    officer.go(f"/officer/c/{stage.slug}/runs")
    officer.press("Find themes and suggestions")
    stage.site.wait_for_jobs()
    officer.go(f"/officer/c/{stage.slug}/runs")


def test_an_officer_runs_theming_codes_a_new_response_and_finds_it_behind_the_number(
    arrive: Arrive, stage: Stage
) -> None:
    given = a_new_response(arrive(), stage)
    officer = arrive()
    people.sign_in(officer, stage)

    run_theming(officer, stage)
    expect(officer.page.get_by_text("In use")).to_be_visible()

    officer.go(f"/officer/c/{stage.slug}/responses?q={given}")
    officer.press(given, role="link")
    assert WORDS in officer.text()
    officer.page.locator("main a[href*='/comments/']").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    assert "Suggested by software, not yet checked" in officer.text()

    officer.page.get_by_label("Theme", exact=True).select_option(label="PLA03 Buses and rural access")
    people.choose(officer, "Concern", within="form[action$='/themes']")
    officer.press("Add this theme")
    officer.go(f"/officer/c/{stage.slug}/frame/themes/PLA03")
    officer.page.locator("main a[href*='theme=PLA03']").nth(1).click()
    officer.page.wait_for_load_state()
    officer.look()

    assert given in officer.text()
    assert WORDS.split(".")[0] in officer.text()


def test_a_run_changes_nothing_that_an_officer_decided(arrive: Arrive, stage: Stage) -> None:
    officer = arrive()
    people.sign_in(officer, stage)
    officer.go(f"/officer/c/{stage.slug}/frame/themes/GOV03")
    before = number(officer, "GOV03")

    run_theming(officer, stage)

    officer.page.locator("main table a").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    assert "Nothing you decided was changed" in officer.text()
    officer.go(f"/officer/c/{stage.slug}/frame/themes/GOV03")
    assert number(officer, "GOV03") == before


def test_likely_suggestions_are_accepted_in_bulk_and_undone(arrive: Arrive, stage: Stage) -> None:
    officer = arrive()
    people.sign_in(officer, stage)
    theme = f"/officer/c/{stage.slug}/frame/themes/PLA02"
    officer.go(theme)
    before = number(officer, "PLA02")

    officer.press("Preview accepting")
    officer.page.locator("main form button").last.click()
    officer.page.wait_for_load_state()
    officer.look()
    officer.go(theme)
    assert number(officer, "PLA02") > before

    officer.go(f"/officer/c/{stage.slug}/changes")
    officer.press("Undo")
    officer.go(theme)

    assert number(officer, "PLA02") == before


def test_an_officer_without_scripts_on_a_phone_can_do_the_same(arrive: Arrive, stage: Stage) -> None:
    officer = arrive(scripts=False, size=PHONE)
    people.sign_in(officer, stage)
    officer.go(f"/officer/c/{stage.slug}/comments?disposition=undecided")
    officer.page.locator("main article a[href*='/comments/']").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    comment = officer.page.url
    officer.page.get_by_label("Theme", exact=True).select_option(label="PLA03 Buses and rural access")
    people.choose(officer, "Concern", within="form[action$='/themes']")
    officer.press("Add this theme")
    assert "PLA03" in officer.page.locator("#themes + ul").inner_text()

    officer.page.get_by_role("button", name="Remove").first.click()

    assert officer.page.url.startswith(comment.split("#")[0])


def test_signing_out_closes_the_door(arrive: Arrive, stage: Stage) -> None:
    officer = arrive()
    people.sign_in(officer, stage)
    officer.press("Sign out")

    officer.go(f"/officer/c/{stage.slug}/responses")

    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Sign in")
