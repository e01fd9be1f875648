import pytest

from app.theming import find_personal_data, is_substantive, triage_text


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to nr99 2tt please", [("postcode", "nr99 2tt")]),
        ("the x46 7pm bus and the m5 2nd exit", []),
        ("More trees. Kind regards, Rita", [("name", "Rita")]),
        ("Yours truly, K. Abbott", [("name", "K. Abbott")]),
        ("Thanks, Council.", []),
        ("Thanks to Highways for the benches", []),
        ("My sister Beth drives a tractor", [("name", "Beth")]),
        ("My brother Monday to Friday is at sea", []),
        ("My name's José Andrade.", [("name", "José Andrade")]),
        ("Mr and Mrs Hope have a well", [("name", "Mr and Mrs Hope")]),
        ("Mrs D'Souza feeds the swans", [("name", "Mrs D'Souza")]),
        ("we are at Flat 9, 4 Regent Place", [("address", "Flat 9, 4 Regent Place")]),
        ("Studio 6, Old Brewery Yard is damp", [("address", "Studio 6, Old Brewery Yard")]),
    ],
)
def test_personal_data_is_found_where_it_is_and_only_there(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["thanks", "that will be all", "none that come to mind", "9", "n/a really"])
def test_words_that_decline_to_answer_are_no_comment(text: str) -> None:
    assert not is_substantive(text)


@pytest.mark.parametrize("text", ["Nothing works.", "No more houses.", "1 in 4 is poor", "Not for us."])
def test_a_short_opinion_is_a_comment(text: str) -> None:
    assert is_substantive(text)


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("he said he would burn our house down", True),
        ("they lock her in the shed", True),
        ("The streets do not feel safe after dark", False),
        ("Kids are locked out of the hall", False),
    ],
)
def test_words_of_harm_are_shown_to_a_person(text: str, flagged: bool) -> None:
    assert ("ZZ11" in triage_text(text).handling) is flagged
