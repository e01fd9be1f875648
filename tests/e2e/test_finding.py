"""A lead at the list of comments: narrowed, kept as a view, coded as one, undone, and found in the audit."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.support.browser import Visitor

pytestmark = pytest.mark.browser
THEME = "PLA03 Buses and rural access"


def found(officer: Visitor) -> int:
    number = re.search(r"([\d,]+) comments?\b", officer.text())
    assert number, officer.text()
    return int(number.group(1).replace(",", ""))


def test_a_list_is_narrowed_kept_coded_as_one_and_undone(arrive: Arrive, stage: Stage) -> None:
    officer = people.officer(arrive, stage)
    comments = f"/officer/c/{stage.slug}/comments"
    officer.go(f"{comments}?q=ferry")
    all_of_them = found(officer)
    people.write(officer, "Words", "bus")
    officer.page.get_by_text("More filters").click()
    officer.page.get_by_label("Outcome").select_option("undecided")
    officer.page.get_by_label("From", exact=True).select_option("individual")
    officer.press("Show")
    undecided = found(officer)
    assert undecided != all_of_them
    people.write(officer, "Words", "bus stop")
    officer.press("Show")

    officer.press("Save this view", role="link")
    people.write(officer, "Name", "Bus stops, not decided")
    officer.press("Save this view")
    officer.press("Bus stops, not decided", role="link")
    few = found(officer)
    assert 1 < few < undecided

    officer.page.get_by_label("Theme to apply or remove").select_option(label=THEME)
    officer.page.get_by_label("With the stance").select_option("concern")
    officer.press("Preview applying")
    officer.page.get_by_label("Leave this one out", exact=False).first.check()
    officer.press(f"Apply to {few} comments")
    officer.go(f"{comments}?q=bus+stop&disposition=undecided&kind=individual")
    assert found(officer) == 1
    officer.go(f"/officer/c/{stage.slug}/changes")
    expect(officer.page.locator("main table tbody tr").first).to_contain_text(f"Applied {THEME}")
    officer.press("Undo")
    officer.go(f"{comments}?q=bus+stop&disposition=undecided&kind=individual")
    assert found(officer) == few

    officer.go(f"/officer/c/{stage.slug}/audit?name=PLA03")
    officer.page.get_by_label("By", exact=True).select_option(label="First officer")
    officer.press("Show")
    assert "First officer" in officer.page.locator("main table tbody tr").first.inner_text()
    assert "Remove filter" in officer.page.locator("main").inner_html()
