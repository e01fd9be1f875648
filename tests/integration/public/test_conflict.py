"""Two devices write in one place: neither text is lost, and the person says what stays."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.models import Consultation
from tests.support.respondent import Respondent, words

TRAFFIC = "/c/market-square/reply/traffic"
MARKET = TRAFFIC.replace("traffic", "market")


def hidden(person: Respondent, address: str) -> dict[str, str]:
    page = person.client.page(address)
    return {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}


def press_save(person: Respondent, shown: TestResponse, **changed: str) -> TestResponse:
    """The form of a page that was shown, as a browser sends it."""
    form = BeautifulSoup(shown.text, "html.parser").select_one("form[method=post]")
    assert form is not None
    data = {
        str(i["name"]): str(i.get("value", "")) for i in form.select("input[type=hidden], input[checked]")
    }
    data |= {str(t["name"]): t.get_text().removeprefix("\n") for t in form.select("textarea")}
    return person.client.post(str(form["action"]), data={**data, **changed})


@pytest.fixture
def refused(app: Flask, small: Consultation) -> tuple[Respondent, TestResponse]:
    """This device opened the page; another saved; then this one saves."""
    person, other = Respondent(app), Respondent(app)
    person.start()
    other.client.get(person.link())
    page = hidden(person, TRAFFIC)
    other.save("traffic", cars="agree", cars_text="From the phone.")
    mine = {**page, "q-cars": "disagree", "q-cars_text": "From the desk."}
    return person, person.client.post(TRAFFIC, data=mine)


def text_now(person: Respondent) -> str:
    area = person.open("/traffic").select_one("textarea")
    assert area is not None
    return area.get_text().removeprefix("\n").removeprefix("\r\n")


def test_both_texts_are_shown_whole_and_nothing_is_saved(refused: tuple[Respondent, TestResponse]) -> None:
    person, shown = refused

    assert shown.status_code == 422
    assert "From the desk." in words(shown)
    assert "From the phone." in words(shown)
    assert re.search(r"changed on another device at \S+, so we", words(shown))
    assert text_now(person) == "From the phone."


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("both", "From the phone.\n\nFrom the desk."),
        ("mine", "From the desk."),
        ("other", "From the phone."),
    ],
)
def test_the_person_chooses_what_stays(
    refused: tuple[Respondent, TestResponse], choice: str, kept: str
) -> None:
    person, shown = refused
    assert press_save(person, shown, **{"keep-cars_text": choice}).status_code == 303

    assert text_now(person).replace("\r\n", "\n") == kept


def test_both_are_kept_unless_the_person_says_otherwise(refused: tuple[Respondent, TestResponse]) -> None:
    person, shown = refused
    press_save(person, shown)

    assert text_now(person) == "From the phone.\n\nFrom the desk."


def test_a_third_change_in_between_asks_once_more(
    app: Flask, refused: tuple[Respondent, TestResponse]
) -> None:
    person, shown = refused
    other = Respondent(app)
    other.client.get(person.link())
    other.save("traffic", cars_text="From the phone, later.")
    again = press_save(person, shown)

    assert again.status_code == 422
    assert "From the phone, later." in words(again)
    assert "From the desk." in words(again)


def test_words_that_hold_the_others_are_no_conflict(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    page = hidden(person, TRAFFIC)
    person.client.post(TRAFFIC, data={**page, "q-cars_text": "One."})
    back = person.client.post(TRAFFIC, data={**page, "q-cars_text": "One. Two."})

    assert back.status_code == 303
    assert text_now(person) == "One. Two."


def test_a_letter_is_kept_in_the_same_way(app: Flask, small: Consultation) -> None:
    person, other = Respondent(app), Respondent(app)
    person.start("organisation", how="letter")
    other.client.get(person.link())
    page = hidden(person, "/c/market-square/reply/letter")
    other.letter("Theirs.")
    shown = person.client.post("/c/market-square/reply/letter", data={**page, "letter": "Mine."})
    assert shown.status_code == 422
    press_save(person, shown)
    area = person.open("/letter").select_one("textarea")

    assert area is not None
    assert area.get_text().strip() == "Theirs.\n\nMine."


@pytest.fixture
def two(app: Flask, small: Consultation) -> tuple[Respondent, Respondent, dict[str, str]]:
    """This device has opened the page, whose hidden fields are given; another device may save meanwhile."""
    person, other = Respondent(app), Respondent(app)
    person.start()
    other.client.get(person.link())
    return person, other, hidden(person, TRAFFIC)


def chosen(person: Respondent) -> list[str]:
    return [str(box["value"]) for box in person.open("/traffic").select("[name=q-cars][checked]")]


def test_a_page_that_never_showed_a_choice_does_not_take_it_away(
    two: tuple[Respondent, Respondent, dict[str, str]],
) -> None:
    person, other, _page = two
    page = hidden(person, MARKET)
    other.save("market", stalls=["food"])

    assert person.client.post(MARKET, data={**page, "q-stalls_text": "Because."}).status_code == 303
    shown = person.open("/market")
    assert [box["value"] for box in shown.select("[name=q-stalls][checked]")] == ["food"]
    assert "Because." in words(shown)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "disagree"), ("other", "agree")])
def test_two_choices_that_differ_are_shown_and_the_person_says_which_stays(
    two: tuple[Respondent, Respondent, dict[str, str]], choice: str, kept: str
) -> None:
    person, other, page = two
    other.save("traffic", cars="agree")
    shown = person.client.post(TRAFFIC, data={**page, "q-cars": "disagree"})

    assert shown.status_code == 422
    assert "Keep both" not in words(shown)
    assert chosen(person) == ["agree"]
    assert press_save(person, shown, **{"keep-cars": choice}).status_code == 303
    assert chosen(person) == [kept]


def test_of_several_choices_both_are_kept_unless_the_person_says_otherwise(
    two: tuple[Respondent, Respondent, dict[str, str]],
) -> None:
    person, other, _page = two
    page = hidden(person, MARKET)
    other.save("market", stalls=["food"])
    shown = person.client.post(MARKET, data={**page, "q-stalls": ["crafts"]})
    press_save(person, shown)

    boxes = person.open("/market").select("[name=q-stalls][checked]")
    assert {str(box["value"]) for box in boxes} == {"food", "crafts"}


def test_a_choice_that_is_changed_again_is_another_version(
    two: tuple[Respondent, Respondent, dict[str, str]],
) -> None:
    """The row of the answer itself stays as it was; what it counts by must not."""
    person, other, _page = two
    other.save("traffic", cars="agree")
    page = hidden(person, TRAFFIC)
    other.save("traffic", cars="neither")

    assert person.client.post(TRAFFIC, data={**page, "q-cars": "agree"}).status_code == 422


def test_a_page_that_never_showed_an_address_does_not_delete_it(
    two: tuple[Respondent, Respondent, dict[str, str]],
) -> None:
    person, other, _page = two
    publication = TRAFFIC.replace("traffic", "publication")
    page = hidden(person, publication)
    other.save("publication", email="carer@example.org", email_uses=["copy"])
    person.client.post(publication, data={**page, "q-email": ""})

    assert person.open("/publication").select_one("[value='carer@example.org']")


def test_a_page_that_never_showed_words_does_not_take_them_away(
    two: tuple[Respondent, Respondent, dict[str, str]],
) -> None:
    person, other, page = two
    other.save("traffic", cars_text="From the phone.")
    person.client.post(TRAFFIC, data={**page, "q-cars": "agree", "q-cars_text": ""})

    assert text_now(person) == "From the phone."
