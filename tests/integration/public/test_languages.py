"""A consultation in two languages: its pages, and what a person has typed when they change the language."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session, transaction
from app.models import Consultation, Response
from tests.support.audited_client import AuditedClient
from tests.support.respondent import Respondent, words
from tests.support.welsh import welsh_consultation

TYPED = "Geiriau hir am geir."


@pytest.fixture
def welsh(app: Flask) -> Consultation:
    with transaction():
        return welsh_consultation()


def soup(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.text, "html.parser")


def language(page: BeautifulSoup) -> str:
    assert page.html is not None
    return str(page.html["lang"])


def of(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def in_welsh(app: Flask) -> Respondent:
    person = Respondent(app)
    person.client.get("/c/market-square?lang=cy")
    return person


def switched(person: Respondent, part: str, **answers: Any) -> TestResponse:
    return person.client.submit(f"{person.base}/reply/{part}", switch_language="cy", **answers)


def test_a_consultation_in_one_language_offers_no_other(app: Flask, small: Consultation) -> None:
    person = in_welsh(app)

    page = person.client.page("/c/market-square")

    assert language(page) == "en-GB"
    assert not page.select("[hreflang], [name=switch_language], span[lang]")


def test_a_link_changes_the_language_and_the_next_page_keeps_it(app: Flask, welsh: Consultation) -> None:
    client = app.test_client()
    page = soup(client.get("/c/market-square?from=letter"))
    link = of(page, "a[hreflang=cy]")
    assert language(page) == "en-GB"
    assert link.get_text() == "Cymraeg"

    answer = client.get(str(link["href"]))

    assert answer.status_code == 303
    assert answer.location == "/c/market-square?from=letter"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    page = soup(client.get("/c/market-square/draft/traffic"))
    assert language(page) == "cy"
    assert of(page, "h1").get_text() == "1. Traffig yn y sgwâr"
    assert of(page, "a[hreflang=en-GB]").get_text() == "English"


@pytest.mark.parametrize("more", ["endpoint=x", "_scheme=javascript&_external=1", "_method=POST", "slug=x"])
def test_nothing_in_an_address_changes_where_the_languages_lead(
    app: Flask, welsh: Consultation, more: str
) -> None:
    client = Respondent(app).client
    moved = client.get(f"/c/market-square?lang=cy&{more}")
    page = client.page(f"/c/market-square?{more}")

    assert moved.location.partition("?")[0] == "/c/market-square"
    links = [str(one["href"]) for one in page.select("a[hreflang]")]
    assert links
    assert all(link.startswith("/c/market-square?") for link in links)


def test_what_is_not_translated_is_english_and_says_so(app: Flask, welsh: Consultation) -> None:
    person = in_welsh(app)
    person.start()

    page = person.open("/traffic")

    assert of(page, "label[for=q-cars_text]").get_text(strip=True) == "Pam ydych chi’n dweud hynny?"
    asked = of(page, "legend").find("span", lang="en-GB")
    assert asked is not None
    assert "cars should leave" in asked.get_text()
    labels = [label.decode_contents().strip() for label in page.select(".govuk-radios__label")]
    assert labels[:2] == ['<span lang="en-GB">Strongly agree</span>', "Cytuno"]


def test_a_consultation_is_not_read_in_a_language_that_it_has_not(app: Flask, welsh: Consultation) -> None:
    client = app.test_client()
    client.get("/c/market-square?lang=pl")

    assert language(soup(client.get("/c/market-square"))) == "en-GB"


@pytest.mark.parametrize("code", ["xx\r\nSet-Cookie: a=b", "../..", "", "english"])
def test_what_is_no_language_is_not_kept(app: Flask, welsh: Consultation, code: str) -> None:
    answer = app.test_client().get("/c/market-square", query_string={"lang": code})

    assert answer.status_code == 200
    assert "soundings_language" not in answer.headers.get("Set-Cookie", "")


def test_changing_the_language_keeps_what_is_typed_and_stores_nothing(
    app: Flask, welsh: Consultation
) -> None:
    person = Respondent(app)
    person.start()

    answer = switched(person, "traffic", **{"q-cars": "agree", "q-cars_text": TYPED})

    page = soup(answer)
    assert answer.status_code == 200
    assert language(page) == "cy"
    assert of(page, "#q-cars_text").get_text().strip() == TYPED
    assert of(page, "input[value=agree]").has_attr("checked")
    assert not page.select(".govuk-error-summary")
    assert of(person.open("/traffic"), "#q-cars_text").get_text().strip() == ""
    assert language(person.open()) == "cy"


def test_changing_the_language_of_a_refused_form_keeps_what_is_typed(app: Flask, welsh: Consultation) -> None:
    person = Respondent(app)
    person.start()
    refused = person.save("market", stalls=["food", "none"], stalls_text=TYPED)
    assert refused.status_code == 422
    button = of(soup(refused), "button[name=switch_language]")
    assert button["form"] == of(soup(refused), "main form")["id"]

    page = soup(switched(person, "market", **{"q-stalls": ["food", "none"], "q-stalls_text": TYPED}))

    assert of(page, "#q-stalls_text").get_text().strip() == TYPED
    assert [box["value"] for box in page.select("input[checked]")] == ["food", "none"]
    assert not page.select(".govuk-error-summary")


def test_changing_the_language_of_the_first_page_begins_nothing(app: Flask, welsh: Consultation) -> None:
    person = Respondent(app)

    page = soup(person.start("organisation", how="letter", switch_language="cy"))

    assert of(page, "h1").get_text(strip=True) == "Ydych chi’n ymateb drosoch eich hun neu dros sefydliad?"
    assert [box["value"] for box in page.select("input[checked]")] == ["organisation", "letter"]
    assert person.client.get_cookie("soundings_reply", path="/c/market-square") is None


def test_a_letter_is_kept_when_the_language_changes(app: Flask, welsh: Consultation) -> None:
    person = Respondent(app)
    person.start("organisation", how="letter")

    page = soup(switched(person, "letter", letter=TYPED))

    assert language(page) == "cy"
    assert of(page, "#letter").get_text().strip() == TYPED


def test_an_answer_is_the_same_in_either_language(app: Flask, welsh: Consultation) -> None:
    person = in_welsh(app)
    person.start()
    person.save("traffic", cars="agree", cars_text=TYPED)

    assert "Cytuno" in words(person.open("/check"))
    person.client.get("/c/market-square?lang=en-GB")
    assert "Agree" in words(person.open("/check"))
    person.send()
    assert person.reference()


def test_a_response_knows_the_language_that_it_was_begun_in(app: Flask, welsh: Consultation) -> None:
    in_welsh(app).start()
    Respondent(app).start()

    languages = session.scalars(select(Response.language).order_by(Response.language))
    assert list(languages) == ["cy", "en-GB"]


def test_pages_of_no_consultation_offer_a_way_back(
    app: Flask, client: AuditedClient, small: Consultation
) -> None:
    assert not client.page("/cookies").select("[hreflang]")
    client.get("/cookies?lang=cy")

    page = client.page("/cookies")

    assert language(page) == "cy"
    assert of(page, "a[hreflang=en-GB]")["href"] == "/cookies?lang=en-GB"


def test_officers_pages_stay_english(app: Flask, client: AuditedClient, welsh: Consultation) -> None:
    client.get("/c/market-square?lang=cy")

    assert language(client.page("/officer/sign-in")) == "en-GB"
