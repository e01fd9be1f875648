"""A blind sample, from drawing it through a difference that is settled to sign-off, and what comes late."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.e2e.town import town
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
SLUG = "second-market"
OTTERS = "Otters swim in the old quarry."
FRAME = "code,label,group\nTRA01,Fewer cars,Traffic\nTRA02,Where to park,Traffic\n"
PASSWORD = "a-long-word-nobody-guesses"  # of an officer who lives as long as this test


def a_second_officer(lead: Visitor, reader: Visitor, here: str) -> None:
    """Added by the first, who hands the link over."""
    email = f"sam@{SLUG}.example.org"
    lead.go(f"{here}/people")
    people.write(lead, "Email address", email)
    people.write(lead, "Name", "Sam Reader")
    people.choose(lead, "Analyst", exact=False)
    lead.press("Add")
    link = lead.page.locator("#set-up-link").inner_text()
    reader.page.goto(link)
    reader.page.get_by_label("New password", exact=True).fill(PASSWORD)
    reader.page.get_by_label("New password again").fill(PASSWORD)
    reader.press("Set password")
    people.write(reader, "Email", email)
    reader.page.get_by_label("Password", exact=True).fill(PASSWORD)
    reader.press("Sign in")


def code_as_one(lead: Visitor, here: str, asked: str, theme: str) -> None:
    lead.go(f"{here}/comments?{asked}")
    lead.page.get_by_label("Theme to apply or remove").select_option(theme)
    lead.page.get_by_label("With the stance").select_option("support")
    lead.press("Preview applying")
    lead.press("Apply to", exact=False)


def nothing_likely(stage: Stage) -> None:
    """Of two themes that every comment has one of, the software thinks either possible for any other."""
    engine = create_engine(stage.site.database_url)
    its = "comment_id IN (SELECT id FROM comment WHERE text = :words)"
    with engine.begin() as connection:
        change = text(f"UPDATE suggestion SET probability = 0.1 WHERE {its}")  # noqa: S608  # no input
        assert connection.execute(change, {"words": OTTERS}).rowcount
    engine.dispose()


def what_comes_late_is_read_and_marked(lead: Visitor, resident: Visitor, stage: Stage, here: str) -> None:
    """The worker stands still where it would read the reply before the officer looks."""
    stage.site.wait_for_jobs()
    with stage.site.without_worker():
        people.reply_late(resident, OTTERS, lead, SLUG)
        lead.go(f"{here}/sign-off")
        lead.press("Sign off the coding")
        assert "Signed off by First officer" in lead.text()
        lead.go(f"{here}/clean/late")
        assert "Not read by the software yet" in lead.text()
        lead.press("Let the software read the late replies")
        lead.press("Start with the first")
        people.choose(lead, "Yes, count it")
        lead.press("Save the decision")
    stage.site.wait_for_jobs()
    with stage.site.without_worker():
        nothing_likely(stage)
        lead.go(f"{here}/code")
        people.choose(lead, "Late", exact=False)
        lead.press("Start reading")
        assert OTTERS in lead.text()
        assert "This came late, and the software finds nothing" in lead.text()


def test_two_officers_read_the_same_differ_settle_and_sign_off(
    arrive: Arrive, stage: Stage, tmp_path: Path
) -> None:
    here = town(stage, SLUG, title="A second market")
    lead = people.officer(arrive, stage)
    sam = arrive(scripts=False, size=PHONE)
    a_second_officer(lead, sam, here)
    lead.go(f"{here}/frame/import")
    frame = tmp_path / "frame.csv"
    frame.write_text(FRAME)
    lead.page.get_by_label("CSV file or Excel workbook").set_input_files(frame)
    lead.press("Show what would change")
    lead.press("Change the frame")
    code_as_one(lead, here, "q=square", "TRA01")
    lead.go(f"{here}/runs")
    lead.press("Find themes and suggestions")

    lead.go(f"{here}/agreement")
    lead.page.get_by_label("Who reads second?").select_option(label="Sam Reader")
    lead.press("Draw the sample")
    assert "Sam Reader" in lead.text()

    sam.go(f"{here}/agreement")
    sam.press("Start reading", role="link", exact=False)
    for number in range(3):
        assert "Suggested" not in sam.text()
        assert "First officer" not in sam.text()
        assert "None yet." in sam.text()
        if number < 2:
            sam.page.get_by_label("Theme", exact=True).select_option("TRA01")
            sam.page.get_by_label("Support").check()
            sam.press("Add this theme")
            sam.press("Next comment")
        else:
            people.choose(sam, "No point made", exact=False)
            sam.press("Save and next")
    sam.press("Finish the second reading")
    stage.site.wait_for_jobs()

    lead.go(f"{here}/agreement/1")
    expect(lead.page.get_by_role("heading", level=1)).to_have_text("How far do coders agree?")
    assert "On 3 comments two officers agreed" in lead.text()
    lead.press("1 difference to settle", role="link")
    lead.press("Settle it")
    assert "There is a problem" in lead.text()
    people.choose(lead, "First is right")
    people.write(lead, "Why?", "It names the cars.")
    lead.press("Settle it")
    assert "No difference is left to settle" in lead.text()

    code_as_one(lead, here, "disposition=undecided", "TRA02")
    what_comes_late_is_read_and_marked(lead, arrive(scripts=False, size=PHONE), stage, here)

    lead.go(f"{here}/sign-off")
    people.write(lead, "Why is it reopened?", "A letter was found.")
    lead.press("Reopen the coding")
    assert "First officer reopened it" in lead.text()
