from hypothesis import given
from hypothesis import strategies as st

from app.responses.hidden import hide, joined, label_of, places_of, to_shown, to_stored

TEXT = "Ask Mary Smith of Bere: she waited for the last bus, and Mary walked."
SPANS = st.lists(
    st.tuples(
        st.integers(0, len(TEXT) - 1), st.integers(1, 12), st.sampled_from(["[x]", "[name removed]", "[]"])
    )
).map(lambda found: joined((start, min(len(TEXT), start + size), label) for start, size, label in found))


def test_a_label_stands_in_place_of_the_words() -> None:
    assert hide(TEXT, [[4, 14, label_of("name")]]).startswith("Ask [name removed] of Bere: she")
    assert label_of("a kind of tomorrow") == "[personal details removed]"


def test_spans_that_overlap_become_one_with_the_label_of_the_longest() -> None:
    assert joined([(4, 8, "[a]"), (6, 14, "[b]"), (20, 22, "[c]")]) == [[4, 14, "[b]"], [20, 22, "[c]"]]


@given(SPANS, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_words_that_are_not_hidden_are_the_same_words_after_the_move(
    hidden: list[list[object]], one: int, other: int
) -> None:
    start, end = sorted((one, other))
    shown = hide(TEXT, hidden)
    first, last = to_shown(hidden, start, end)

    assert 0 <= first <= last <= len(shown)
    if not any(start < stop and begin < end for begin, stop, _ in hidden):  # type: ignore[operator]
        assert shown[first:last] == TEXT[start:end]


@given(SPANS, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_span_moved_there_and_back_takes_in_all_it_began_with(
    hidden: list[list[object]], one: int, other: int
) -> None:
    start, end = sorted((one, other))
    first, last = to_stored(hidden, *to_shown(hidden, start, end))

    assert first <= start
    assert end <= last
    cut = [at for begin, stop, _ in hidden for at in (start, end) if begin < at < stop]  # type: ignore[operator]
    if not cut:
        assert (first, last) == (start, end)


@given(SPANS)
def test_the_whole_comment_is_the_whole_comment(hidden: list[list[object]]) -> None:
    assert to_shown(hidden, 0, len(TEXT)) == (0, len(hide(TEXT, hidden)))


def test_words_are_found_wherever_they_stand_whole() -> None:
    assert places_of(TEXT, "Mary") == [(4, 8), (57, 61)]
    assert places_of("Ann came. Annual. (Ann)", "Ann") == [(0, 3), (19, 22)]
    assert places_of("one\ntwo", " one\r\ntwo ") == [(0, 7)]
    assert places_of(TEXT, "  ") == []
