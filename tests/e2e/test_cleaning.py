"""Cleaning as an officer does it, from a reply that comes late to a sum that still agrees."""

import re

import pytest

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.e2e.town import town
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
SLUG = "better-market"


def start(officer: Visitor, here: str, tab: str) -> None:
    officer.go(f"{here}/clean/{tab}")
    officer.press("Start with the first")


def take_back(officer: Visitor, here: str, tab: str, *, folded: str | None, button: str) -> None:
    """What was decided is found again from its tab, and waits once more."""
    officer.go(f"{here}/clean/{tab}")
    officer.press("1 decided already", role="link")
    officer.page.locator("main table a").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    form = officer.page.locator("main form").last
    if folded:
        form = officer.page.locator("main details", has_text=folded).first
        form.locator("summary").click()
    form.get_by_label("Why?").fill("A colleague knows better")
    form.get_by_role("button", name=button).click()
    officer.page.wait_for_load_state()
    officer.look()


def test_what_waits_is_decided_taken_back_and_still_adds_up(arrive: Arrive, stage: Stage) -> None:
    here = town(stage, SLUG, title="A better market")
    officer = people.officer(arrive, stage)
    officer.go(f"{here}/runs")
    officer.press("Find themes and suggestions")
    people.reply_late(arrive(scripts=False, size=PHONE), "The buses need the square.", officer, SLUG)
    stage.site.wait_for_jobs()

    start(officer, here, "duplicates")
    people.choose(officer, "Count once: keep the later")
    officer.press("Save and next")
    assert "There is a problem" in officer.text()
    people.choose(officer, "The same reply was sent twice")
    officer.press("Save and next")
    take_back(officer, here, "duplicates", folded="Take this decision back", button="Take it back")
    people.choose(officer, "Both count")
    officer.press("Save and next")
    for tab, answer in (("tests", "No: it is a test"), ("blank", "No: it is blank")):
        start(officer, here, tab)
        people.choose(officer, answer)
        officer.press("Save and next")
        assert "is left out of the analysis" in officer.text()

    start(officer, here, "personal")
    for box in officer.page.locator("input[name^=hide-]").all():
        box.check()
    officer.press("Hide the ticked words")
    assert "Hidden in 2 places." in officer.text()
    take_back(officer, here, "personal", folded="Show these words again", button="Show again")
    assert "The words are shown again." in officer.text()

    start(officer, here, "safety")
    people.choose(officer, "Passed on to the person responsible for safeguarding")
    officer.press("Save and next")
    take_back(officer, here, "safety", folded=None, button="Raise again")
    assert "It waits again." in officer.text()

    start(officer, here, "late")
    people.choose(officer, "Yes, count it")
    officer.press("Save the decision")
    officer.go(here)
    sum_of = officer.page.locator(".app-sum").first.inner_text()
    received, counts, left_out, withdrawn = map(int, re.findall(r"\d+", sum_of))
    assert (received, counts, left_out, withdrawn) == (10, 8, 2, 0)
