"""The public's journey as a person goes through it, on both databases."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import ON_EACH_A_PHONE_AND_A_DESK, SCRIPTS_AND_SIZE, Arrive, Stage
from tests.support.browser import PHONE, Visitor

pytestmark = pytest.mark.browser


def answer_three_sections(carer: Visitor, stage: Stage) -> str:
    """The first section on this device; the link to come back."""
    people.start(carer, stage)
    link = carer.page.locator("#private-link").inner_text().strip()
    people.open_part(carer, "Our place")
    people.choose(carer, "Disagree")
    people.write(carer, "What would you like to say about our place?", "The last bus goes at ten past five.")
    people.save(carer, come_back=True)
    return link


@pytest.mark.parametrize(SCRIPTS_AND_SIZE, ON_EACH_A_PHONE_AND_A_DESK, indirect=["stage"])
def test_an_individual_answers_three_sections_over_two_sittings_in_two_browsers(
    arrive: Arrive, stage: Stage, scripts: bool, size: dict[str, int]
) -> None:
    evening = arrive(scripts=scripts, size=size)
    link = answer_three_sections(evening, stage)
    morning = arrive(scripts=scripts, size=size)

    morning.go(link.removeprefix(stage.site.url))
    expect(morning.page.get_by_role("heading", level=1)).to_have_text("Your response")
    people.open_part(morning, "Our place")
    assert morning.page.get_by_label("What would you like to say about our place?").input_value() == (
        "The last bus goes at ten past five."
    )
    people.to_task_list(morning, stage)
    people.open_part(morning, "Our people")
    people.write(morning, "What would you like to say about our people?", "Carers need a day off.")
    people.save(morning, come_back=True)
    people.open_part(morning, "Overall")
    people.choose(morning, "Support")
    people.save(morning, come_back=True)
    given = people.send(morning, stage)

    assert people.REFERENCE.fullmatch(given)
    morning.go(f"/c/{stage.slug}/reply/copy")
    for words in ("The last bus goes at ten past five.", "Carers need a day off.", given):
        assert words in morning.text()


def test_an_organisation_replies_and_is_asked_for_its_name_and_authority_at_the_end(
    arrive: Arrive, stage: Stage
) -> None:
    clerk = arrive()
    people.start(clerk, stage, as_organisation=True)
    people.open_part(clerk, "How decisions would be made")
    people.write(
        clerk, "What would you like to say about how decisions should be made?", "Parishes are not mentioned."
    )
    people.save(clerk, come_back=True)
    clerk.go(f"/c/{stage.slug}/reply/check")
    clerk.press("Send your response")
    expect(clerk.page.get_by_role("alert")).to_contain_text("There is a problem")

    clerk.go(f"/c/{stage.slug}/reply/about-you")
    people.write(clerk, "What is the name of your organisation?", "Nether Combe Parish Council")
    people.choose(clerk, "I am allowed to reply for this organisation")
    people.save(clerk, come_back=True)

    assert people.REFERENCE.fullmatch(people.send(clerk, stage))


def test_a_double_press_gives_one_response_and_one_reference(arrive: Arrive, stage: Stage) -> None:
    resident = arrive()
    people.start(resident, stage)
    people.open_part(resident, "Overall")
    people.choose(resident, "Oppose")
    people.save(resident, come_back=True)
    resident.go(f"/c/{stage.slug}/reply/check")

    resident.page.get_by_role("button", name="Send your response").dblclick(no_wait_after=True)
    resident.page.wait_for_url(re.compile("/reply/(equality|sent)"))
    first = people.reference(resident)
    resident.page.go_back()
    resident.go(f"/c/{stage.slug}/reply/check")

    assert people.reference(resident) == first


def test_two_tabs_that_send_at_once_give_one_response(arrive: Arrive, stage: Stage) -> None:
    resident = arrive()
    people.start(resident, stage)
    people.open_part(resident, "Overall")
    people.choose(resident, "Oppose")
    people.save(resident, come_back=True)
    resident.go(f"/c/{stage.slug}/reply/check")

    answers = resident.page.evaluate(
        """async () => {
            const form = [...document.forms].find(f => f.textContent.includes('Send your response'))
            const body = () => new URLSearchParams(new FormData(form))
            const posts = Array.from({length: 4}, () => fetch(form.action, {method: 'POST', body: body()}))
            return Promise.all((await Promise.all(posts)).map(async a => [a.status, await a.text()]))
        }"""
    )

    assert [status for status, _ in answers] == [200] * 4
    assert len({people.REFERENCE.search(page).group() for _, page in answers}) == 1  # type: ignore[union-attr]


def test_a_device_that_was_left_knows_nothing_of_the_response(arrive: Arrive, stage: Stage) -> None:
    visitor = arrive()
    people.start(visitor, stage)
    visitor.press("Leave this device")

    visitor.page.goto(f"{stage.site.url}/c/{stage.slug}/reply")

    assert "The last bus" not in visitor.page.inner_text("body")
    assert visitor.page.locator("#private-link").count() == 0


def test_typed_words_stay_when_a_page_is_refused(arrive: Arrive, stage: Stage) -> None:
    visitor = arrive(size=PHONE)
    people.start(visitor, stage)
    people.open_part(visitor, "Six opportunities")
    for option in (
        "The marine environment",
        "Investment in nuclear",
        "Rural productivity",
        "Health and social care",
    ):
        people.choose(visitor, option)
    people.write(visitor, "Is anything missing from the list or wrong with it?", "Farming, and fishing.")
    people.save(visitor)

    expect(visitor.page.get_by_role("alert")).to_contain_text("There is a problem")
    assert visitor.page.title().startswith("Error: ")
    kept = visitor.page.get_by_label("Is anything missing from the list or wrong with it?").input_value()
    assert kept == "Farming, and fishing."
