from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.theming import split_points


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_points(text)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", []),
        (" \n\t ", []),
        ("Buses are late. Trains are full too.", ["Buses are late.", "Trains are full too."]),
        (
            "Ask Dr. Smith, e.g. about the A30. It is bad.",
            ["Ask Dr. Smith, e.g. about the A30.", "It is bad."],
        ),
        ("- more buses please\n- fewer cars in town", ["- more buses please", "- fewer cars in town"]),
        ("Yes. We need the station back.", ["Yes. We need the station back."]),
        (
            "The bus that I take to work every day\nis late again. Nothing ever happens.",
            ["The bus that I take to work every day\nis late again.", "Nothing ever happens."],
        ),
        (
            "i think the plan is bad\nthe roads are full of holes\nwe need more\nof the schools",
            [
                "i think the plan is bad",
                "the roads are full of holes",
                "we need more\nof the schools",
            ],
        ),
    ],
)
def test_a_comment_is_cut_into_its_points(text: str, points: list[str]) -> None:
    assert pieces(text) == points


def test_a_long_text_without_full_stops_is_cut_at_its_turns() -> None:
    text = "the bus never comes when it should and we wait in the rain for an hour every single day " * 2
    text += (
        "but the train is fine and also the new station has made a big difference to all of us in the village"
    )

    assert len(pieces(text)) >= 3


def test_a_long_text_without_full_stops_or_turns_is_cut_where_statements_begin() -> None:
    text = (
        "no buses no shops no doctors for miles around any of the villages up here on the hill "
        "what are we paying our council tax for every single month of the year in a place like this "
        "there is nobody at the meetings who listens to a word of it at the end of a working day"
    )

    assert [piece.split()[0] for piece in pieces(text)] == ["no", "what", "there"]


@given(st.text(max_size=400))
def test_spans_are_in_order_apart_and_hold_every_word(text: str) -> None:
    spans = split_points(text)
    covered = "".join(text[span.start : span.end] for span in spans)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "text", ["a. " * 20_000, "?!" * 50_000, "x" * 300_000, "\n" * 9_000 + "and\n" * 9_000]
)
def test_odd_texts_of_great_length_go_through(text: str) -> None:
    assert split_points(text)
