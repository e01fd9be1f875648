import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.themes.marks import excerpt, reading
from app.themes.queries.cards import percent
from app.themes.queries.suggestions import Word, in_words
from app.themes.quotes import checked, find_quote
from app.themes.refusals import QuoteNotInComment

TEXT = "No bus on Sunday.\nNo bus at night."


def test_words_are_found_at_their_first_place_whatever_the_line_breaks() -> None:
    assert find_quote(TEXT, "No bus") == (0, 6)
    assert find_quote(TEXT, "  Sunday.\r\nNo bus ") == (10, 24)


@pytest.mark.parametrize("words", ["", "   ", "no bus", "a tram", TEXT + "!"])
def test_words_that_are_not_there_are_refused(words: str) -> None:
    with pytest.raises(QuoteNotInComment):
        find_quote(TEXT, words)


def test_spans_come_in_order_and_once_and_none_is_the_whole() -> None:
    assert checked(TEXT, [(7, 9), (0, 6), (7, 9)]) == [(0, 6), (7, 9)]
    assert checked(TEXT, []) == [(0, len(TEXT))]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=5),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=5),
)
def test_the_pieces_of_a_reading_are_the_text(
    text: str, quotes: list[tuple[int, int]], suggested: list[tuple[int, int]]
) -> None:
    pieces = reading(
        text,
        quotes=[(start, end, "PLA03") for start, end in quotes],
        suggested=[(start, end, "1") for start, end in suggested],
    )

    assert "".join(piece.text for piece in pieces) == text


def test_a_quote_and_a_suggestion_may_overlap() -> None:
    pieces = reading(TEXT, quotes=[(0, 9, "PLA03")], suggested=[(3, 16, "1")])

    assert [(p.text, p.quoted, p.suggested, p.quotes, p.suggestions) for p in pieces] == [
        ("No ", True, False, (), ()),
        ("bus on", True, True, ("PLA03",), ()),
        (" Sunday", False, True, (), ("1",)),
        (".\nNo bus at night.", False, False, (), ()),
    ]


@given(st.text(alphabet="ab \n", min_size=1, max_size=3000), st.data())
def test_an_excerpt_holds_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = excerpt(text, start, end)

    assert 0 <= first <= start < end <= last <= len(text)


def test_probabilities_are_put_in_words_and_never_rounded_up_to_the_next_word() -> None:
    assert [in_words(p) for p in (0.7, 0.6999, 0.4, 0.3999)] == [
        Word.LIKELY,
        Word.POSSIBLE,
        Word.POSSIBLE,
        Word.UNLIKELY,
    ]
    assert [percent(p) for p in (0.7, 0.6999, 0.29, 0.9999, 0.0)] == [70, 69, 29, 99, 0]
