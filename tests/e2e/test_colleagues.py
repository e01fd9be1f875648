"""An organisation's lead and a colleague, each on a device of their own."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage, on
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser
PLACE = "What would you like to say about our place?"
SIZES = [on("sqlite", DESKTOP, True, PHONE, False), on("postgresql", PHONE, False, DESKTOP, True)]


@pytest.mark.parametrize(("stage", "lead_size", "lead_scripts", "size", "scripts"), SIZES, indirect=["stage"])
def test_a_colleague_writes_a_part_and_the_lead_sends_it_in_one_reply(
    arrive: Arrive,
    stage: Stage,
    pictures: Path,
    lead_size: dict[str, int],
    lead_scripts: bool,
    size: dict[str, int],
    scripts: bool,
) -> None:
    lead = arrive(scripts=lead_scripts, size=lead_size)
    people.start(lead, stage, as_organisation=True)
    lead.press("Invite colleagues to write parts", role="link")
    lead.press("Make a link for colleagues")
    lead.page.screenshot(path=pictures / f"invite-{lead_size['width']}.png", full_page=True)
    link = lead.page.locator("#invitation-link").inner_text().strip()

    colleague = arrive(scripts=scripts, size=size)
    colleague.go(link.removeprefix(stage.site.url))
    assert link.rpartition("/")[2] not in colleague.page.url
    colleague.page.screenshot(path=pictures / f"contribute-{size['width']}.png", full_page=True)
    people.open_part(colleague, "Our place")
    people.write(colleague, PLACE, "The last bus is too early for carers.")
    people.write(colleague, "Your name", "Anna")
    colleague.page.screenshot(path=pictures / f"contribute-part-{size['width']}.png", full_page=True)
    colleague.press("Save for my organisation")
    expect(colleague.page.get_by_role("alert")).to_contain_text("Saved")

    people.to_task_list(lead, stage)
    lead.press("What colleagues wrote", role="link")
    lead.page.screenshot(path=pictures / f"colleagues-{lead_size['width']}.png", full_page=True)
    lead.press("Add to our answer", exact=False)
    lead.go(f"/c/{stage.slug}/reply/about-you")
    people.write(lead, "What is the name of your organisation?", "Combe Carers")
    people.choose(lead, "I am allowed to reply for this organisation")
    people.save(lead, come_back=True)
    people.send(lead, stage)
    lead.go(f"/c/{stage.slug}/reply/copy")
    assert "The last bus is too early for carers." in lead.text()
    assert "Anna" not in lead.text()

    colleague.go("/contribute/parts")
    colleague.page.screenshot(path=pictures / f"contribute-sent-{size['width']}.png", full_page=True)
    assert "Your organisation sent its response at" in colleague.text()
    assert "The last bus is too early for carers." in colleague.text()
