from hypothesis import given
from hypothesis import strategies as st

from app.responses.intake import normalise, words_in
from app.responses.personal import may_hold_personal_details


def test_line_ends_become_one_kind() -> None:
    assert normalise("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_what_no_database_or_page_can_hold_is_removed() -> None:
    assert normalise("a\x00b\x07c\ud83dd\ufffee\x7f") == "abcde"


def test_tabs_accents_and_characters_outside_the_basic_plane_stay() -> None:
    assert normalise("caf\u00e9\t\U0001f600 \u200d") == "caf\u00e9\t\U0001f600 \u200d"


def test_blank_edges_go_so_that_spaces_are_no_answer() -> None:
    assert normalise(" \r\n\t ") == ""


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert "\x00" not in once
    assert "\r" not in once
    once.encode()


def test_words_are_counted_by_the_spaces_between_them() -> None:
    assert words_in("One two,\nthree.") == 3


def test_contact_details_are_noticed_and_ordinary_numbers_are_not() -> None:
    for text in ("kim@example.org", "call 01632 960 123", "+44 7700 900123", "I live at EX1 1AA"):
        assert may_hold_personal_details(text)
    for text in ("80,000 jobs by 2030", "the A303 and the M5", "4 billion", "10 of 12 @ noon"):
        assert not may_hold_personal_details(text)
