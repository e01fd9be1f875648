"""Changing a sent response, keeping it, withdrawing it, and deleting a draft, as a person does it."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, SCRIPTS_AND_SIZE, Arrive, Stage, on
from tests.support.browser import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser


def picture(visitor: Visitor, pictures: Path, name: str) -> None:
    if "PICTURES" in os.environ:
        visitor.page.screenshot(path=pictures / f"{name}.png", full_page=True)


def heading(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.parametrize(
    SCRIPTS_AND_SIZE, [on("sqlite", False, PHONE), on("postgresql", True, DESKTOP)], indirect=["stage"]
)
def test_a_resident_changes_a_sent_response_and_then_withdraws_it(
    arrive: Arrive, stage: Stage, scripts: bool, size: dict[str, int], pictures: Path
) -> None:
    person = arrive(scripts=scripts, size=size)
    name = f"{size['width']}"
    people.start(person, stage)
    people.open_part(person, "Our place")
    people.write(person, "What would you like to say about our place?", "The bus is late.")
    people.save(person, come_back=True)
    reference = people.send(person, stage)
    person.go(f"/c/{stage.slug}/reply/sent")  # past the equality questions
    picture(person, pictures, f"{name}-sent")

    person.press("Change your response")
    expect(person.page.get_by_role("region", name="Changing your response")).to_contain_text(
        "You are changing a response you have already sent."
    )
    picture(person, pictures, f"{name}-changing")
    people.open_part(person, "Our place")
    people.write(person, "What would you like to say about our place?", "The bus is early.")
    people.save(person, come_back=True)
    person.press("Keep the version you sent", role="link")
    heading(person, "Keep the version you sent?")
    picture(person, pictures, f"{name}-keep")
    person.press("Go on changing it", role="link")
    assert people.send(person, stage) == reference
    assert "That one counts." in person.text()
    picture(person, pictures, f"{name}-sent-again")
    person.go(f"/c/{stage.slug}/reply/copy")
    assert "The bus is early." in person.text()
    assert "The bus is late." not in person.text()

    person.go(f"/c/{stage.slug}/reply/sent")
    person.press("Withdraw your response", role="link")
    heading(person, "Withdraw your response?")
    picture(person, pictures, f"{name}-withdraw")
    person.press("Withdraw my response")
    heading(person, "Your response is withdrawn")
    picture(person, pictures, f"{name}-withdrawn")
    person.go(f"/c/{stage.slug}/reply/copy")
    assert "The bus is early." not in person.text()


@pytest.mark.parametrize(("stage", "size"), A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, indirect=["stage"])
def test_a_draft_is_deleted_by_its_writer(
    arrive: Arrive, stage: Stage, size: dict[str, int], pictures: Path
) -> None:
    person = arrive(size=size)
    people.start(person, stage)
    picture(person, pictures, f"{size['width']}-tasks")
    person.press("Delete your draft", role="link")
    heading(person, "Delete your draft?")
    picture(person, pictures, f"{size['width']}-delete")
    person.press("Delete my draft")
    expect(person.page.get_by_text("Your draft is deleted.")).to_be_visible()
