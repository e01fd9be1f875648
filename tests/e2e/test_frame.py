"""A lead analyst at the coding frame: a merge and its undo, and a proposal that becomes a theme."""

from pathlib import Path

import pytest

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage

pytestmark = pytest.mark.browser


def test_a_lead_merges_two_themes_undoes_it_and_accepts_a_proposal(
    arrive: Arrive, stage: Stage, pictures: Path
) -> None:
    officer, where = people.officer(arrive, stage), "phone" if people.on_phone(stage) else "desk"
    frame = f"/officer/c/{stage.slug}/frame"

    def picture(name: str) -> None:
        officer.page.screenshot(path=pictures / f"frame-{name}-{where}.png", full_page=True)

    officer.go(frame)
    picture("tree")
    officer.page.get_by_label("Find a theme").fill("local")
    officer.press("Show")
    officer.page.locator("details.app-actions summary").first.click()
    officer.press("Merge GEN01", role="link")
    picture("merge-choose")
    officer.page.get_by_label("GEN02", exact=False).check()
    officer.press("Look at the merge")
    assert "will count for GEN02" in officer.text()
    picture("merge")
    officer.press("Merge themes")
    assert "Merged GEN01 into GEN02" in officer.text()
    officer.press("Undo")
    assert "Undone by" in officer.text()

    officer.go(f"{frame}/themes/GEN01/edit")
    picture("edit")
    officer.go(f"{frame}/themes/GEN01/split?step=sort&label-0=Whitehall&words-0=Whitehall,London")
    picture("split")
    officer.go(f"{frame}/proposals")
    first = officer.page.locator("main details", has_text="Decide on").first
    first.locator("summary").click()
    picture("proposals")
    first.get_by_label("Label").fill("A proposal made a theme")
    first.get_by_role("button", name="Accept as a new theme").click()
    officer.page.wait_for_load_state()
    officer.look()
    assert "no comment was coded" in officer.text()
    officer.go(f"{frame}/history")
    picture("history")
    assert "A proposal made a theme" in officer.text()
    officer.press("Undo")
    assert "Undone by" in officer.text()
