import pytest

from app.reporting.words import meaning_of_words, quantity


@pytest.mark.parametrize(
    ("count", "base", "word"),
    [
        (1, 49, ""),
        (0, 500, ""),
        (1, 500, "A few"),
        (4, 50, "A few"),
        (5, 500, "A small number"),
        (5, 100, "Some"),
        (7, 150, "Some"),  # 4.7% stands as 5% beside the word
        (24, 100, "Some"),
        (25, 100, "Many"),
        (50, 100, "Most"),
        (89, 100, "Most"),
        (90, 100, "Nearly all"),
        (100, 100, "Nearly all"),
    ],
)
def test_the_same_share_is_always_called_the_same(count: int, base: int, word: str) -> None:
    assert quantity(count, base) == word


def test_the_report_explains_each_word_it_uses() -> None:
    assert meaning_of_words() == [
        ("A few", "1 to 4 people"),
        ("A small number", "Under 5%"),
        ("Some", "5% to 24%"),
        ("Many", "25% to 49%"),
        ("Most", "50% to 89%"),
        ("Nearly all", "90% or more"),
    ]
