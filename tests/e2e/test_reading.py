"""The reading screen: by keyboard alone on a desk, and without scripts on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import ON_EACH, Arrive, Stage
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
RARE = ("OPP03", "FIN03", "BUS04", "OPP02", "PRO04")
ON_SQLITE, ON_POSTGRESQL = ([one] for one in ON_EACH)


def not_decided(officer: Visitor) -> int:
    found = re.search(r"([\d,]+) not decided overall", officer.text())
    assert found, officer.text()
    return int(found.group(1).replace(",", ""))


def saved_today(officer: Visitor, stage: Stage) -> str:
    """What My work says, whatever other tests have saved before."""
    officer.go(f"/officer/c/{stage.slug}/my-work")
    return officer.page.locator("main p").first.inner_text()


def a_theme_not_suggested(officer: Visitor) -> str:
    """The code of one that the software did not offer, so that it proposes no stance for it."""
    offered = officer.page.locator("input[name=tick]").evaluate_all("found => found.map(one => one.value)")
    return next(code for code in RARE if code not in offered)


def key(officer: Visitor, *keys: str) -> None:
    for one in keys:
        officer.page.keyboard.press(one)


def forget_what_another_test_left(officer: Visitor) -> None:
    """Drops each theme of a draft that was left open, for an officer comes back to it."""
    cards = officer.page.locator("[data-card]")
    for left in range(cards.count(), 0, -1):
        key(officer, "d")
        expect(cards).to_have_count(left - 1)


def to_another_comment(officer: Visitor, *keys: str) -> None:
    """Presses the keys, and waits for the page that takes the place of this one."""
    before = officer.page.url
    key(officer, *keys)
    officer.page.wait_for_function("before => location.href !== before", arg=before)
    expect(officer.page.locator("main h1")).to_be_focused()
    officer.look()


def start(officer: Visitor, stage: Stage) -> None:
    officer.go(f"/officer/c/{stage.slug}/code")
    officer.page.get_by_role("button", name="Start reading").focus()
    key(officer, "Enter")
    officer.page.wait_for_url(re.compile(r"/code/useful/[0-9a-f-]{36}"))
    officer.look()


def add_a_theme_that_was_not_suggested(officer: Visitor, find: str) -> None:
    """A suggested one would come with the stance that the software proposes."""
    ticks = officer.page.locator("input[name=tick]")
    offered = ticks.evaluate_all("all => all.map(one => `add:${one.value}`)")
    officer.page.get_by_label("Find a theme").fill(find)
    officer.press("Find")
    found = officer.page.locator("[data-found] button")
    others = [one for one in found.all() if one.get_attribute("value") not in offered]
    others[0].click()


@pytest.mark.parametrize("stage", ON_SQLITE, indirect=True)
def test_five_comments_are_coded_by_keyboard_alone(arrive: Arrive, stage: Stage) -> None:
    officer = arrive()
    people.sign_in(officer, stage)
    start(officer, stage)
    before = not_decided(officer)
    cards = officer.page.locator("[data-card]")

    for _ in range(3):
        forget_what_another_test_left(officer)
        key(officer, "1")
        expect(cards).to_have_count(1)
        to_another_comment(officer, "n")
    forget_what_another_test_left(officer)
    key(officer, "/")
    officer.page.keyboard.type("affordable")
    key(officer, "Enter", "c", "w", "q", "Enter")
    expect(cards).to_have_count(2)
    expect(cards.first.get_by_role("radio", name="Concern")).to_be_checked()
    expect(officer.page.locator("input[name=find]")).not_to_be_focused()
    to_another_comment(officer, "n")
    to_another_comment(officer, "0")
    assert not_decided(officer) == before - 5

    to_another_comment(officer, "u")
    assert not_decided(officer) == before - 4
    key(officer, "?")
    expect(officer.page.get_by_text("Tick or untick a suggestion")).to_be_visible()
    officer.look()


@pytest.mark.parametrize("stage", ON_SQLITE, indirect=True)
def test_ticks_outlive_a_closed_laptop_and_keys_can_be_switched_off(arrive: Arrive, stage: Stage) -> None:
    officer = arrive()
    people.sign_in(officer, stage)
    start(officer, stage)
    with officer.page.expect_response(lambda answer: answer.status == 204):
        key(officer, "1", "s")

    officer.page.reload()
    card = officer.page.locator("[data-card]")
    expect(card.get_by_role("radio", name="Support")).to_be_checked()
    expect(officer.page.get_by_text("did not save it")).to_be_visible()

    officer.press("Keyboard shortcuts: on")
    key(officer, "d")
    expect(card).to_have_count(1)
    officer.press("Keyboard shortcuts: off")
    key(officer, "d")
    expect(card).to_have_count(0)


@pytest.mark.parametrize("stage", ON_POSTGRESQL, indirect=True)
def test_comments_are_coded_without_scripts_on_a_phone(arrive: Arrive, stage: Stage) -> None:
    officer = arrive(scripts=False, size=PHONE)
    people.sign_in(officer, stage)
    officer.go(f"/officer/c/{stage.slug}/code")
    officer.press("Start reading")
    before = not_decided(officer)
    first = officer.page.url

    officer.page.locator("input[name=tick]:visible").first.check()
    officer.press("Put the ticked themes on the comment, to change stance or quote")
    officer.page.locator("[data-card]").get_by_role("radio", name="Neutral").check()
    officer.press("Save and next")
    assert officer.page.url != first
    add_a_theme_that_was_not_suggested(officer, "PLA")
    officer.press("Save and next")
    assert "There is a problem" in officer.text()
    officer.page.locator("[data-card]").get_by_role("radio", name="Concern").check()
    officer.press("Save and next")
    assert not_decided(officer) == before - 2

    officer.press("Undo", exact=False)
    assert "The comment is as it was before you saved it." in officer.text()
    assert not_decided(officer) == before - 1


@pytest.mark.parametrize("stage", ON_SQLITE, indirect=True)
def test_one_theme_is_checked_by_keys_on_a_phone(arrive: Arrive, stage: Stage) -> None:
    officer = arrive(size=PHONE)
    people.sign_in(officer, stage)
    saved = saved_today(officer, stage)
    officer.go(f"/officer/c/{stage.slug}/frame/themes/PLA02")
    officer.press("Check them one by one: yes, no or not sure", role="link")
    rows = officer.page.locator("[data-row]")
    first = rows.first.get_by_role("radio", name="Yes")
    first.focus()
    key(officer, "y", "n", "t")
    expect(first).to_be_checked()
    expect(rows.nth(1).get_by_role("radio", name="No", exact=True)).to_be_checked()
    officer.press("Save this page")
    assert "Saved: 1 yes, 1 no, 1 not sure." in officer.text()
    assert saved_today(officer, stage) == saved
