from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup, escape

from app.consultations.languages import InOwnLanguage
from app.rendering import words
from app.rendering.filters import date_words, moment
from app.rendering.passages import passage
from app.rendering.words import later, plain, said, said_of, speaking

UNKNOWN = "No catalogue has %(thing)s <a>here</a>"


def test_english_stands_as_it_is_on_an_english_page() -> None:
    assert said("Back") == "Back"
    assert said("Hello %(name)s", name="<b>") == Markup("Hello &lt;b&gt;")


def test_a_translated_text_is_in_the_language_of_the_page() -> None:
    with speaking("cy"):
        assert said("Back") == "Yn ôl"
        assert plain("Back") == "Yn ôl"
        assert escape(later("Back")) == "Yn ôl"


def test_a_text_without_a_translation_says_that_it_is_english() -> None:
    with speaking("cy"):
        shown = said(UNKNOWN, thing="<this>", a="/x?y=1%2C2&z")

    assert shown == Markup(
        '<span lang="en-GB">No catalogue has &lt;this&gt; '
        '<a class="govuk-link" href="/x?y=1%2C2&amp;z">here</a></span>'
    )


def test_an_attribute_has_no_tags() -> None:
    with speaking("cy"):
        assert plain(UNKNOWN, thing="this") == "No catalogue has this here"


def test_a_number_stands_in_its_text() -> None:
    assert said_of("%(num)s thing", "%(num)s things", 1) == "1 thing"
    assert said_of("%(num)s thing", "%(num)s things", 1200) == "1,200 things"
    with speaking("cy"):
        assert said_of("%(num)s thing", "%(num)s things", 2) == Markup('<span lang="en-GB">2 things</span>')


def test_words_chosen_later_are_chosen_when_they_are_shown() -> None:
    back = later("Back")
    with speaking("cy"):
        assert str(back) == "Yn ôl"
    assert str(back) == "Back"


def test_dates_are_written_in_the_language_of_the_page() -> None:
    closes = datetime(2016, 1, 31, 23, 59, tzinfo=UTC)
    with speaking("cy"):
        assert date_words(date(2015, 12, 11)) == "11 Rhagfyr 2015"
        assert moment(closes) == "11:59yh, Dydd Sul 31 Ionawr 2016"
    assert moment(closes) == "11:59pm, Sunday 31 January 2016"


def test_a_date_within_a_text_that_stayed_english_is_english() -> None:
    with speaking("cy"):
        shown = said("No catalogue has %(day)s", day=date_words(date(2015, 12, 11)))
    assert shown == Markup('<span lang="en-GB">No catalogue has 11 December 2015</span>')


def test_a_paragraph_in_another_language_says_so() -> None:
    assert passage(InOwnLanguage("One **two**.", "en-GB")) == Markup(
        '<div lang="en-GB"><p class="govuk-body">One <strong>two</strong>.</p></div>'
    )


@pytest.mark.parametrize("language", ["pl", "zz"])
def test_a_language_without_a_catalogue_has_english_words(language: str) -> None:
    with speaking(language):
        assert said("Back") == Markup('<span lang="en-GB">Back</span>')
    assert not words.has_catalogue(language)
