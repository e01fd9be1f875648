from hypothesis import given
from hypothesis import strategies as st

from app.responses.marked import Piece, pieces

SPANS = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["PLA03", "PLA07"])), max_size=6
)


@given(text=st.text(max_size=50), spans=SPANS)
def test_the_pieces_are_the_text_and_each_label_ends_once_a_span(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    found = pieces(text, spans)

    assert "".join(piece.text for piece in found) == text
    assert all(set(piece.ending) <= set(piece.labels) for piece in found)


def test_overlapping_quotes_are_cut_where_either_begins_or_ends() -> None:
    assert pieces("no bus here", [(0, 6, "PLA03"), (3, 11, "PLA07")]) == (
        Piece("no ", ("PLA03",), ()),
        Piece("bus", ("PLA03", "PLA07"), ("PLA03",)),
        Piece(" here", ("PLA07",), ("PLA07",)),
    )


def test_a_text_without_quotes_is_one_piece() -> None:
    assert pieces("no bus", []) == (Piece("no bus"),)
