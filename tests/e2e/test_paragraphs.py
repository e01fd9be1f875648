"""A comment on one paragraph of the draft, by keyboard and by finger, with and without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage, on
from tests.support.browser import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 44  # px
WORDS = "The bus is not in it."


def comment_link(person: Visitor, number: str, role: str = "link") -> Locator:
    return person.page.get_by_role(role, name=f"Comment on this paragraph, {number}", exact=True)  # type: ignore[arg-type]


def answer_who(person: Visitor) -> None:
    person.page.wait_for_url(re.compile("/reply/start"))
    person.look()
    people.choose(person, "For myself", exact=False)
    person.press("Continue")


def test_a_comment_on_a_paragraph_by_keyboard(arrive: Arrive, stage: Stage, pictures: Path) -> None:
    reader = arrive(size=DESKTOP)
    reader.go(f"/c/{stage.slug}/draft/place")
    reader.page.screenshot(path=pictures / "draft-1280.png", full_page=True)
    comment_link(reader, "6.2").focus()
    reader.page.keyboard.press("Enter")
    answer_who(reader)

    field = reader.page.get_by_label("Comment on paragraph 6.2")
    expect(field).to_be_focused()
    reader.page.keyboard.type(WORDS)
    comment_link(reader, "6.1", role="button").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_label("Comment on paragraph 6.1")).to_be_focused()
    reader.look()
    expect(field).to_have_value(WORDS)
    reader.page.screenshot(path=pictures / "part-1280.png", full_page=True)
    people.save(reader, come_back=True)
    reader.go(f"/c/{stage.slug}/reply/check")

    assert "About paragraph 6.2" in reader.text()
    assert WORDS in reader.text()


@pytest.mark.parametrize(
    ("stage", "scripts"), [on("sqlite", True), on("postgresql", False)], indirect=["stage"]
)
def test_a_comment_on_a_paragraph_by_finger(
    arrive: Arrive, stage: Stage, pictures: Path, scripts: bool
) -> None:
    reader = arrive(size=PHONE, scripts=scripts, touch=True)
    reader.go(f"/c/{stage.slug}/draft/place")
    link = comment_link(reader, "6.2")
    target = link.bounding_box()
    assert target is not None
    assert target["height"] >= SMALLEST_TARGET
    reader.page.screenshot(path=pictures / "draft-320.png", full_page=True)
    link.tap()
    answer_who(reader)

    reader.page.get_by_label("Comment on paragraph 6.2").fill(WORDS)
    reader.page.screenshot(path=pictures / "part-320.png", full_page=True)
    reader.page.get_by_role("button", name="Save and come back later").tap()
    reader.page.wait_for_url(re.compile("/reply$"))
    assert people.REFERENCE.fullmatch(people.send(reader, stage))
    reader.go(f"/c/{stage.slug}/reply/copy")

    reader.page.screenshot(path=pictures / "copy-320.png", full_page=True)
    assert "About paragraph 6.2" in reader.text()
    assert WORDS in reader.text()
