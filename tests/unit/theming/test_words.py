import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.theming import STANCES, closed_position, default_encoder, suggest_stance
from app.theming.naming import name_groups
from app.theming.text import content_stems, squash, stem, words


@given(st.text(max_size=200))
def test_words_point_into_the_text(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words(text))


@given(st.text(max_size=100))
def test_squashing_twice_changes_nothing_more(text: str) -> None:
    assert squash(squash(text)) == squash(text)


def test_forms_of_a_word_share_a_stem_and_stop_words_have_none() -> None:
    assert stem("buses") == stem("Bus")
    assert content_stems("the fire and the system") == [stem("fire"), stem("system")]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_a_vector_depends_on_its_own_text_alone(texts: list[str]) -> None:
    encoder = default_encoder()
    together = encoder.encode(texts)

    assert together.shape == (len(texts), encoder.dimensions)
    assert all((encoder.encode([text])[0] == row).all() for text, row in zip(texts, together, strict=True))


def test_names_are_phrases_as_written() -> None:
    groups = [
        ["The quality of life here", "Quality of life matters"],
        ["Bus fares are high", "High bus fares"],
        ["", "!"],
    ]
    life, fares, nothing = name_groups(groups)

    assert life.label == "Quality of life"
    assert "bus fares" in fares.terms
    assert (nothing.label, nothing.terms) == ("Unnamed theme", ())


def test_a_name_has_no_word_twice_in_other_forms_and_places_keep_their_capitals() -> None:
    texts = [
        "Apprentices from Harlow want apprenticeships.",
        "Let apprentices train in harlow.",
        "An apprenticeship at Harlow, please.",
    ]
    (name,) = name_groups([texts])
    written = " ".join(name.terms)

    assert "Harlow" in name.terms
    assert written.casefold().count("apprentice") == 1


def test_texts_without_a_word_in_common_have_a_name_all_the_same() -> None:
    (name,) = name_groups([["The ferry sank.", "Tell us about libraries."]])

    assert {"ferry", "libraries"} <= set(name.terms)


def test_a_word_of_most_of_a_group_comes_before_one_that_only_some_of_it_have() -> None:
    ours = ["The parking.", "The kerb."] + 5 * ["The parking. The kerb."] + 2 * ["The parking."] + ["Hm."]
    theirs = 12 * ["The parking. The ferry."]
    name, _ = name_groups([ours, theirs])

    assert name.terms[:2] == ("parking", "kerb")


def test_a_term_that_makes_a_label_too_long_is_passed_over_for_the_next() -> None:
    said = {"The quality of life.": 10, "The parking.": 9, "The cost of living.": 6, "The ferry.": 5}
    (name,) = name_groups([[" ".join(each for each, most in said.items() if n < most) for n in range(10)]])

    assert name.terms[:4] == ("quality of life", "parking", "cost of living", "ferry")
    assert name.label == "Quality of life, parking, ferry"


def test_a_name_says_what_the_texts_are_about_when_meaning_is_given() -> None:
    harbour = ["The boats need a new quay, {}.", "Fishing boats tie up at the quay, {}."]
    school = ["Pupils need a new school, {}.", "The school has too many pupils, {}."]
    groups = [[text.format(word) for text in texts for word in ("hm", "er")] for texts in (harbour, school)]
    named = name_groups(groups, encoder=default_encoder())

    assert {"boats", "quay"} & set(named[0].terms[:2])
    assert {"school", "pupils"} & set(named[1].terms[:2])


@pytest.mark.parametrize(
    ("answer", "position"),
    [
        ("strongly_agree", 1.0), ("Strongly disagree", -1.0), ("oppose", -0.6), ("neither", 0.0),
        ("0.5", 0.5),
        ("7", 1.0), (None, 0.0), ("", 0.0), ("no", -0.8), ("larger", 0.0),
        ("Neither agree nor disagree", 0.0),
        ("don't know", 0.0), ("Very satisfied", 1.0),
    ],
)  # fmt: skip
def test_a_closed_answer_is_a_position(answer: str | None, position: float) -> None:
    assert closed_position(answer) == position


@pytest.mark.parametrize(
    ("text", "theme", "stance"),
    [
        ("I fear that we will lose the hospital.", "Fears for hospitals", "concern"),
        ("Please build a new station and you should extend the line.", "Wants better trains", "suggestion"),
        ("I welcome this, it is a great idea and makes sense.", "Supports working together", "support"),
    ],
)
def test_a_clear_stance_is_seen(text: str, theme: str, stance: str) -> None:
    assert suggest_stance(text, theme=theme) == stance


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_has_a_stance(text: str, closed: str) -> None:
    assert suggest_stance(text, closed=closed) in STANCES
