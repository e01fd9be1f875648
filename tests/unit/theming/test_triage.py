from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.theming import find_personal_data, is_substantive, triage_text, triage_texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ZZ01"), ("n/a", "ZZ01"), ("N/A.", "ZZ01"), ("-", "ZZ01"), ("No comment", "ZZ01"),
        ("😀", "ZZ01"), ("test", "ZZ01"), ("I have nothing to add", "ZZ01"), ("no strong view", "ZZ01"),
        ("See above", "ZZ02"), ("as per my letter", "ZZ02"), ("Same answer as question 4", "ZZ02"),
        ("My bin was missed again, reported it three times", "ZZ03"),
        ("Click here for cheap watches", "ZZ03"),
        ("asdf jkl qwer", "ZZ04"), ("we should have a [illegible] before spring", "ZZ04"),
        ("When will the new bridge open?", "ZZ06"), ("Ring me on 01632 960123 about the bridge", "ZZ09"),
        ("They are a bunch of crooks", "ZZ10"), ("I feel suicidal most evenings since the move", "ZZ11"),
        ("Proszę o więcej autobusów wieczorem, bo nie mam jak wrócić z pracy", "ZZ12"),
        ("Je voudrais plus de bus le soir pour rentrer du travail avec mes enfants", "ZZ12"),
        ("أريد المزيد من الحافلات", "ZZ12"),
    ],
)  # fmt: skip
def test_what_needs_handling_is_found(text: str, code: str) -> None:
    assert code in triage_text(text).handling


@pytest.mark.parametrize(
    "text",
    [
        "More buses.",
        "no buses after six, see how we manage",
        "The answer is to build homes above the shops.",
        "I don't know anybody who wants the new road through the wood.",
        "Nothing in the plan speaks of the people who live by the river.",
        "None of the shops can stay open without parking.",
    ],
)
def test_a_comment_with_a_point_is_left_alone(text: str) -> None:
    assert triage_text(text).handling == ()
    assert is_substantive(text)


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("write to jo.bloggs@example.org please", "email", "jo.bloggs@example.org"),
        ("call (07700 900123) after six", "phone", "07700 900123"),
        ("call +44 1632 960123.", "phone", "+44 1632 960123"),
        ("we live at EX99 4QT now", "postcode", "EX99 4QT"),
        ("the van AB12 CDE is always there", "vehicle", "AB12 CDE"),
        ("I am at 14 Long Mill Lane and it floods", "address", "14 Long Mill Lane"),
        ("My name is Anna Bell and I care for many", "name", "Anna Bell"),
        ("Ask Mrs Penny Farthing next door", "name", "Mrs Penny Farthing"),
        ("It is hard as I use a wheelchair every day", "health", "I use a wheelchair"),
    ],
)
def test_personal_data_is_found_with_its_place(text: str, kind: str, quote: str) -> None:
    found = {(one.kind, text[one.start : one.end]) for one in find_personal_data(text)}

    assert (kind, quote) in found


@pytest.mark.parametrize(
    "text", ["£4 billion and 80,000 jobs by 2030", "the A30 and A303", "I am not sure The Plan works"]
)
def test_figures_roads_and_sentences_are_no_personal_data(text: str) -> None:
    assert find_personal_data(text) == ()


@given(st.text(max_size=300))
def test_any_text_goes_through_and_spans_point_into_it(text: str) -> None:
    found = triage_text(text)
    spans = found.personal_data

    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "Mae’r bws olaf yn mynd am ddeg munud wedi pump, ac nid oes bws ar y Sul.",
        "Rydym yn credu bod angen mwy o dai yn y pentref.",
    ],
)
def test_a_text_in_welsh_needs_translation(text: str) -> None:
    found = triage_text(text)

    assert found.language == "cy"
    assert "ZZ12" in found.handling


def test_a_text_of_a_megabyte_goes_through() -> None:
    assert triage_text("road " * 200_000).language == "en"


def test_progress_ends_at_the_total() -> None:
    calls: list[tuple[int, int]] = []
    triage_texts(["More buses."] * 250, progress=lambda done, total: calls.append((done, total)))

    assert calls[-1] == (250, 250)
