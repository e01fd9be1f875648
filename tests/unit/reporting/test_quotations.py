import pytest

from app.reporting.services.quotations import tells

HIDDEN = "Mary Kqseven of\n3 Elm Road"


@pytest.mark.parametrize(
    "quoted",
    [
        "Ask mary Kqseven of 3 Elm Road, who waits.",
        "[...] the bus that takes Mary Kqseven [...]",
        "Elm Road has no bus.",
        "Kqseven of 3",
    ],
)
def test_a_quotation_that_holds_begins_or_ends_within_hidden_words_tells_them(quoted: str) -> None:
    assert tells(quoted, HIDDEN)


@pytest.mark.parametrize("quoted", ["Maryland has buses.", "A road of elms", "We need a bus.", ""])
def test_other_words_of_the_comment_tell_nothing(quoted: str) -> None:
    assert not tells(quoted, HIDDEN)
