"""A page that saves itself while its words are typed, without and with a connection."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, Arrive, Stage
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser

PLACE = "What would you like to say about our place?"
SAVED = re.compile(r"^Saved at \d{1,2}(:\d\d)?[ap]m$|^Saved at mid(day|night)$")


@pytest.fixture
def typist(arrive: Arrive, stage: Stage) -> Visitor:
    return typing(arrive(size=PHONE), stage)


def typing(visitor: Visitor, stage: Stage) -> Visitor:
    """On a page with a text, in a browser whose clock the test moves."""
    visitor.page.clock.install()
    people.start(visitor, stage)
    people.open_part(visitor, "Our place")
    return visitor


def pause(person: Visitor, seconds: int = 5) -> None:
    person.page.clock.run_for(seconds * 1000)


@pytest.mark.parametrize(("stage", "size"), A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, indirect=["stage"])
def test_words_are_saved_after_a_pause_and_again_without_meeting_themselves(
    arrive: Arrive, stage: Stage, size: dict[str, int]
) -> None:
    typist = typing(arrive(size=size), stage)
    line = typist.page.locator("#saved")
    people.write(typist, PLACE, "The last bus goes at ten past five.")
    pause(typist, 4)
    expect(line).to_be_hidden()
    pause(typist, 1)
    expect(line).to_have_text(SAVED)
    pause(typist, 1)
    expect(typist.page.get_by_role("status")).to_have_text(SAVED)
    people.write(typist, PLACE, "The bus goes.")
    with typist.page.expect_response("**/reply/*") as again:
        pause(typist)
    assert again.value.status == 200
    typist.look()

    people.to_task_list(typist, stage)
    expect(typist.page.get_by_role("listitem").filter(has_text="Our place")).to_contain_text("In progress")
    people.open_part(typist, "Our place")
    expect(typist.page.get_by_label(PLACE)).to_have_value("The bus goes.")
    people.save(typist)


def test_without_a_connection_it_says_so_and_tries_again(typist: Visitor) -> None:
    line = typist.page.locator("#saved")
    typist.context.set_offline(True)
    people.write(typist, PLACE, "On a train.")
    pause(typist)
    expect(line).to_have_text("Not saved yet: no connection. Keep this page open; we will try again.")
    typist.faults.clear()  # Chromium's own lines about the connection
    typist.look()

    typist.context.set_offline(False)
    pause(typist)
    expect(line).to_have_text(SAVED)
    people.save(typist)


def test_words_of_another_device_are_told_and_the_button_shows_both(typist: Visitor, arrive: Arrive) -> None:
    phone = arrive()
    typist.page.goto(typist.page.url.rsplit("/", 1)[0])
    link = typist.page.locator("#private-link").inner_text().strip()
    people.open_part(typist, "Our place")
    phone.page.goto(link)
    people.open_part(phone, "Our place")
    people.write(phone, PLACE, "From the phone.")
    people.save(phone)

    people.write(typist, PLACE, "From the desk.")
    pause(typist)
    expect(typist.page.locator("#saved")).to_contain_text("this part was changed on another device")
    expect(typist.page.get_by_label(PLACE)).to_have_value("From the desk.")
    typist.look()
    people.save(typist)
    expect(typist.page.get_by_role("heading", level=1)).to_contain_text("choose which words to keep")
    for words in ("From the phone.", "From the desk."):
        assert words in typist.text()


def test_a_reply_sent_elsewhere_is_told_and_the_words_stay(typist: Visitor, stage: Stage) -> None:
    other = typist.context.new_page()
    other.goto(f"{stage.site.url}/c/{stage.slug}/reply/overall")
    other.get_by_label("Support", exact=True).first.check()
    other.get_by_role("button", name="Save and come back later").click()
    other.goto(f"{stage.site.url}/c/{stage.slug}/reply/check")
    other.get_by_role("button", name="Send your response").click()
    other.wait_for_url("**/reply/equality")

    people.write(typist, PLACE, "One more thing.")
    pause(typist)
    expect(typist.page.locator("#saved")).to_contain_text("You have already sent this response.")
    expect(typist.page.get_by_label(PLACE)).to_have_value("One more thing.")


def test_a_button_pressed_during_a_save_waits_for_it(typist: Visitor, stage: Stage) -> None:
    seen: list[str] = []

    def slowly(route: object) -> None:
        request = route.request  # type: ignore[attr-defined]
        if request.method == "POST":
            seen.append("autosave" if "x-autosave" in request.headers else "button")
            if len(seen) == 1:
                people.write(typist, PLACE, "Shorter.")
                typist.page.get_by_role("button", name="Save and come back later").click(no_wait_after=True)
        route.continue_()  # type: ignore[attr-defined]

    typist.page.route("**/reply/*", slowly)
    people.write(typist, PLACE, "Some words that are long.")
    pause(typist)
    typist.page.wait_for_url("**/reply")
    typist.page.unroute("**/reply/*")
    people.open_part(typist, "Our place")

    assert seen == ["autosave", "button"]
    expect(typist.page.get_by_label(PLACE)).to_have_value("Shorter.")
