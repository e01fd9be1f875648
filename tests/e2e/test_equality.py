"""The equality questions as a person meets them, and as officers see nothing of them."""

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import SCRIPTS_AND_SIZE, Arrive, Stage, on
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    SCRIPTS_AND_SIZE, [on("sqlite", True, DESKTOP), on("postgresql", False, PHONE)], indirect=["stage"]
)
def test_a_resident_answers_some_equality_questions_and_deletes_them(
    arrive: Arrive, stage: Stage, scripts: bool, size: dict[str, int]
) -> None:
    resident = arrive(scripts=scripts, size=size)
    people.start(resident, stage)
    people.open_part(resident, "Overall")
    people.choose(resident, "Oppose")
    people.save(resident, come_back=True)
    given = people.send(resident, stage)
    expect(resident.page.get_by_role("heading", level=1)).to_have_text("We have received your response")

    people.choose(resident, "Yes, answer", exact=False)
    resident.press("Continue")
    people.choose(resident, "45 to 54")
    resident.press("Continue")
    people.choose(resident, "No")
    resident.press("Continue")
    people.choose(resident, "Other ethnic group")
    resident.press("Continue")
    people.choose(resident, "Any other ethnic group")
    people.write(resident, "How would you describe your background?", "Cornish")
    resident.press("Continue")
    resident.press("Skip the rest", role="link")

    assert people.reference(resident) == given
    resident.press("Delete my equality answers", role="link")
    resident.press("Delete my equality answers")
    assert "We have deleted your equality answers." in resident.text()
