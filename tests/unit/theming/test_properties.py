"""Any text at all goes through, spans are in the text, and the order of the input changes nothing."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.theming import Comment, Learner, Theme, code_comments, discover_themes, split_points, triage_text

FEW = settings(max_examples=15, deadline=None, derandomize=True)
PIECES = (
    "The bus is late.",
    "n/a",
    "- bins\n- litter",
    "Mr Hope, EX99 4ZZ",
    "\u0301\u200b",
    "☕" * 3,
    "\r\n\t",
)
TEXTS = st.lists(st.one_of(st.text(max_size=60), st.sampled_from(PIECES)), max_size=5).map(" ".join)
THEMES = [Theme("BUS", "Buses", "", ("late",)), Theme("BIN", "Waste", "Rubbish and litter", ("bins",))]


@FEW
@given(TEXTS)
def test_spans_are_in_the_text(text: str) -> None:
    for span in split_points(text):
        assert 0 <= span.start < span.end <= len(text)
    for found in triage_text(text).personal_data:
        assert 0 <= found.start < found.end <= len(text)


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=6), st.integers(0, 99))
def test_coding_takes_any_text_and_the_order_changes_nothing(texts: list[str], seed: int) -> None:
    comments = [Comment(str(place), "q", text) for place, text in enumerate(texts)]
    found = {one.id: one for one in code_comments(comments, THEMES)}
    mixed = random.Random(seed).sample(comments, len(comments))

    assert {one.id: one for one in code_comments(mixed, THEMES)} == found
    assert {one.id: one for one in Learner(mixed, THEMES).suggest(found)} == found
    for one in comments:
        assert all(0 <= made.start <= made.end <= len(one.text) for made in found[one.id].suggestions)


@FEW
@given(st.lists(TEXTS, max_size=8), st.integers(0, 99))
def test_discovery_takes_any_text_and_the_order_changes_nothing(texts: list[str], seed: int) -> None:
    comments = [Comment(str(place), "q", text) for place, text in enumerate(texts)]
    mixed = random.Random(seed).sample(comments, len(comments))

    assert discover_themes(mixed) == discover_themes(comments)
