"""An officer on a phone, without scripts, divides a letter to the questions and puts it together again."""

from pathlib import Path

import pytest

from tests.e2e import people
from tests.e2e.conftest import ON_EACH, Arrive, Stage
from tests.support.browser import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("stage", [ON_EACH[1]], indirect=True)
def test_a_letter_is_divided_and_put_together_again(arrive: Arrive, stage: Stage, pictures: Path) -> None:
    officer = arrive(scripts=False, size=PHONE)
    people.sign_in(officer, stage)
    officer.go(f"/officer/c/{stage.slug}/clean/letters")
    officer.press("Start with the first")
    officer.page.screenshot(path=pictures / "letter-phone.png", full_page=True)

    officer.page.locator("select[data-belongs]").nth(1).select_option(index=2)
    officer.press("Save the split")
    assert "The letter is now 2 comments" in officer.page.inner_text("body")
    officer.page.screenshot(path=pictures / "letter-phone-divided.png", full_page=True)

    officer.page.locator("details summary", has_text="Put the letter together again").click()
    people.write(officer, "Why?", "A test")
    officer.press("Put it together again")

    assert "The letter is one comment again" in officer.page.inner_text("body")
